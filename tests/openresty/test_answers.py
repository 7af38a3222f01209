"""What the API in nginx answers."""

from __future__ import annotations

import json
import os
import re
import shutil
from pathlib import Path

import pytest
from host import CATALOG, EXAMPLE, Answer, Host, ask

DOCUMENT = json.loads(CATALOG.read_text(encoding="utf-8"))
GOOD = ("/services", "/services/procon-sp", "/units/itaquera", "/targets")


def ids(entities: list[dict[str, str]]) -> list[str]:
    return [entity["id"] for entity in entities]


def test_services_are_listed_as_the_document_has_them(api: Host) -> None:
    assert api.get("/services").json == {"services": DOCUMENT["services"]}


def test_services_can_be_those_of_a_unit(api: Host) -> None:
    assert ids(api.get("/services?unit=itaquera").json["services"]) == ["procon-sp"]


def test_a_service_comes_with_how_and_where_it_is_offered(api: Host) -> None:
    found = api.get("/services/procon-sp").json
    assert list(found) == [
        "service", "organization", "is_digital", "offerings", "channels", "units",
    ]  # fmt: skip
    assert found["service"] == DOCUMENT["services"][0]
    assert found["organization"]["short_name"] == "Procon-SP"
    assert found["is_digital"] is True
    assert found["offerings"] == DOCUMENT["offerings"]
    assert sorted(ids(found["channels"])) == ["portal", "presencial", "totem"]
    assert sorted(ids(found["units"])) == sorted(ids(DOCUMENT["units"]))


def test_a_unit_comes_with_what_is_done_there(api: Host) -> None:
    found = api.get("/units/itaquera").json
    assert list(found) == ["unit", "area", "services", "offerings"]
    assert found["unit"] == DOCUMENT["units"][0]
    assert found["area"]["type"] == "district"
    assert ids(found["services"]) == ["procon-sp"]
    assert ids(found["offerings"]) == ["procon-sp.presencial"]


def test_targets_come_with_their_progress(api: Host) -> None:
    first, second = api.get("/targets").json["targets"]
    assert first["target"] == DOCUMENT["targets"][0]
    progress = first["progress"]
    assert progress["text"].startswith(
        "Serviços digitais: 140 of 180 (77.8 %) as of 31 July 2021"
    )
    assert progress["as_of"] == "2021-07-31"
    assert progress["metric"]["value"] == 140
    assert progress["actual"] == {"value": 140, "low": 139.5, "high": 140.5}
    assert progress["share"]["value"] == pytest.approx(77.8, abs=0.03)
    assert (progress["months_left"], progress["pace_needed"]) == (5, 8)
    assert progress["baseline"] is None
    # "Over 240" has no upper end, which JSON has no number for.
    assert second["progress"]["target"] == {"value": 240, "low": 240, "high": None}


def test_progress_can_be_that_of_another_date(api: Host) -> None:
    def state(query: str) -> tuple[str, str]:
        progress = api.get(f"/targets?{query}").json["targets"][0]["progress"]
        return progress["state"], progress["as_of"]

    assert state("as_of=2022-01-31") == ("missed", "2022-01-31")
    assert state("as_of=2021-09-30")[1] == "2021-09-30"


@pytest.mark.parametrize("target", GOOD)
def test_answers_are_json_in_utf_8_and_say_so(api: Host, target: str) -> None:
    answer = api.get(target)
    assert answer.status == 200
    assert answer.headers["content-type"] == "application/json; charset=utf-8"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert int(answer.headers["content-length"]) == len(answer.body)
    assert answer.body.endswith(b"}\n")
    assert answer.headers["server"] == "nginx"
    assert answer.json


@pytest.mark.parametrize("target", [*GOOD, "/nothing", "/services?x=1", "/" + "a" * 9000])
def test_head_is_get_without_the_body(api: Host, target: str) -> None:
    whole, head = api.get(target), api.get(target, "HEAD")
    assert head.body == b""
    assert head.status == whole.status
    for answer in (whole, head):
        answer.headers.pop("date")
    assert head.headers == whole.headers


def test_one_connection_serves_many_requests(api: Host) -> None:
    connection = api.connect()
    for _ in range(3):
        for target in GOOD:
            assert ask(connection, target).status == 200
    for target in ("/nothing", "/services?x=1"):
        assert ask(connection, target).status in {400, 404}
        assert ask(connection, "/services").status == 200
    connection.close()


def test_requests_may_follow_each_other_without_waiting(api: Host) -> None:
    one = b"GET /units/itaquera HTTP/1.1\r\nHost: h\r\n\r\n"
    last = b"GET /nothing HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n"
    answers = api.send(one * 5 + last)
    assert answers.count(b"HTTP/1.1 200 OK") == 5
    assert answers.count(b"HTTP/1.1 404 Not Found") == 1


def test_requests_of_old_and_of_proxies_are_answered(api: Host) -> None:
    assert b" 200 OK" in api.send(b"GET /targets HTTP/1.0\r\n\r\n")
    proxied = b"GET http://h/units/itaquera HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n"
    assert b'"id":"itaquera"' in api.send(proxied)


@pytest.mark.parametrize(
    "target",
    ["/services/procon%2Dsp", "/services/%70rocon-sp", "/%73ervices/procon-sp",
     "/services/procon-sp?"],
)  # fmt: skip
def test_percent_encoding_is_only_another_spelling(api: Host, target: str) -> None:
    assert api.get(target).body == api.get("/services/procon-sp").body


def test_parameters_may_be_percent_encoded(api: Host) -> None:
    plain = api.get("/services?unit=santo-amaro")
    assert plain.status == 200
    assert api.get("/services?u%6Eit=santo%2Damaro").body == plain.body


def refused(answer: Answer, status: int) -> str:
    """The message of a refusal, which has the form of every other."""
    assert answer.status == status
    assert answer.headers["content-type"] == "application/json; charset=utf-8"
    assert int(answer.headers["content-length"]) == len(answer.body)
    assert list(answer.json) == ["error"]
    return answer.message


@pytest.mark.parametrize(
    "target",
    ["/", "/nothing", "/Services", "/services/", "/services//procon-sp", "//services",
     "/services/procon-sp/", "/services/procon-sp/units", "/units", "/targets/x", "/refusal",
     "/services/../units/itaquera", "/services%2Fprocon-sp", "/.", "/services.json", "/%C3%A9",
     "/" + "a/" * 500],
)  # fmt: skip
def test_a_path_that_leads_nowhere_is_404(api: Host, target: str) -> None:
    assert refused(api.get(target), 404) == "nothing is at this address"


def test_an_unknown_id_is_404_and_says_what_was_probably_meant(api: Host) -> None:
    message = refused(api.get("/services/procom-sp"), 404)
    assert message == 'no service "procom-sp"; did you mean "procon-sp"?'
    assert 'no unit "itaqera"' in refused(api.get("/units/itaqera"), 404)


@pytest.mark.parametrize(
    "id",
    ["PROCON-SP", "procon-sp%20", "procon+sp", "procon%2Fsp", "%2E%2E", "..%2funits%2fse", "%22",
     "%5C", "%0D%0AX-Evil:1", "%7F", "%C3%A9", "-", "a" * 128,
     "a" * 129, "a" * 900, "a" + "%C3%A9" * 100, "<script>", "procon-sp;x", "%25", "__index", "get", "1"],
)  # fmt: skip
def test_an_id_of_any_bytes_is_404(api: Host, id: str) -> None:
    for kind in ("services", "units"):
        answer = api.get(f"/{kind}/{id}")
        assert "no " in refused(answer, 404)
        assert "x-evil" not in answer.headers


@pytest.mark.parametrize(
    "target", ["/services/%", "/services/%zz", "/services/%4", "/%00", "/x%00y"]
)
def test_what_is_not_percent_encoded_right_is_400(api: Host, target: str) -> None:
    assert refused(api.get(target), 400) == "this is no proper HTTP request"


@pytest.mark.parametrize("encoded", ["%FF", "%ED%A0%80", "%E2%82", "%C0%80", "%F4%90%80%80"])
def test_an_address_that_is_not_utf_8_is_400(api: Host, encoded: str) -> None:
    for target in ("/", "/services/", "/services/a?x=", "/services?", "/targets?as_of="):
        assert refused(api.get(target + encoded), 400) == "the address is not in UTF-8"


@pytest.mark.parametrize(
    ("target", "message"),
    [
        ("/services?x=1", 'unknown parameter "x"'),
        ("/services/procon-sp?unit=se", 'unknown parameter "unit"'),
        ("/units/itaquera?as_of=2021", 'unknown parameter "as_of"'),
        ("/targets?unit=se", 'unknown parameter "unit"'),
        ("/targets?as_of=2021-12-31&x", 'unknown parameter "x"'),
        ("/services?%C3%A9=1", 'unknown parameter "é"'),
        ("/services?%00%22=1", 'unknown parameter "\0""'),
        ("/services?unit=%00", 'parameter "unit": no unit "\\u0000"'),
        ("/services?__index=1", 'unknown parameter "__index"'),
        ("/services?=1", "a parameter has no name"),
        ("/services?unit=se&=", "a parameter has no name"),
        ("/services?unit", 'parameter "unit": expected one value'),
        ("/services?unit=", 'parameter "unit": expected one value'),
        ("/services?unit=se&unit=se", 'parameter "unit": expected one value'),
        ("/services?" + "&".join("abcdefghijklmnopq"), "more parameters than there can be"),
        (
            "/services?unit=itaqera",
            'parameter "unit": no unit "itaqera"; did you mean "itaquera"?',
        ),
    ],
)
def test_parameters_that_are_not_expected_are_400(api: Host, target: str, message: str) -> None:
    assert refused(api.get(target), 400) == message


@pytest.mark.parametrize(
    "date",
    [
        "x",
        "2021-13",
        "2021-02-30",
        "2021-1",
        "0",
        "-1",
        "99999999",
        "2021-12-31T00",
        "%00",
        "%C3%A9",
    ],
)
def test_a_date_that_is_none_is_400(api: Host, date: str) -> None:
    message = refused(api.get(f"/targets?as_of={date}"), 400)
    assert message.startswith('parameter "as_of": ')


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "BREW"])
@pytest.mark.parametrize("target", GOOD)
def test_methods_that_would_change_something_are_405(api: Host, method: str, target: str) -> None:
    answer = api.get(target, method)
    assert refused(answer, 405) == "this can only be read: GET or HEAD"
    assert answer.headers["allow"] == "GET, HEAD"


def test_the_body_of_a_refused_request_is_not_taken_for_another(api: Host) -> None:
    body = b"GET /nothing HTTP/1.1\r\nHost: h\r\n\r\n"
    connection = api.connect()
    assert ask(connection, "/services", "POST", body=body).status == 405
    assert ask(connection, "/services", "GET", body=body).status == 200
    assert ask(connection, "/units/itaquera").json["unit"]["id"] == "itaquera"
    connection.close()


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize(
    ("field", "value"),
    [("If-Match", '"x"'), ("If-Unmodified-Since", "Sat, 01 Jan 2000 00:00:00 GMT")],
)
def test_conditions_on_versions_are_412(api: Host, field: str, value: str, method: str) -> None:
    for target in GOOD:
        answer = api.get(target, method, headers={field: value})
        if method == "HEAD":
            assert (answer.status, answer.body) == (412, b"")
            assert answer.headers["content-type"] == "application/json; charset=utf-8"
        else:
            assert "no If-Match or If-Unmodified-Since" in refused(answer, 412)
    assert api.get("/nothing", headers={field: value}).status == 404


@pytest.mark.parametrize(
    "headers",
    [
        {"If-Match": "*"},
        {"If-None-Match": '"x"'},
        {"If-Modified-Since": "Sat, 01 Jan 2000 00:00:00 GMT"},
        {"Range": "bytes=9999999-"},
        {"If-Range": '"x"', "Range": "bytes=0-1"},
        {"Accept": "text/html"},
        {"Expect": "100-continue"},
    ],
)
def test_other_conditions_and_wishes_change_nothing(api: Host, headers: dict[str, str]) -> None:
    assert api.get("/services", headers=headers).body == api.get("/services").body


def test_all_refusals_of_nginx_are_in_the_form_of_ours() -> None:
    conf = (EXAMPLE / "nginx.conf.in").read_text()
    covered = set(" ".join(re.findall(r"error_page ([\d ]+)", conf)).split())
    program = shutil.which("nginx", path="/usr/sbin:" + os.environ["PATH"])
    assert program
    pages = re.findall(rb"<title>([45]\d\d) ", Path(program).read_bytes())
    assert pages
    assert {code.decode() for code in pages} - covered == {"412"}  # which is refused before


def test_a_body_that_is_too_long_is_413(api: Host) -> None:
    refused(api.get("/services", "POST", body=b"x" * 5000), 413)


def test_an_address_that_is_too_long_is_414(api: Host) -> None:
    for target in ("/services/" + "a" * 3000, "/services?unit=" + "a" * 60_000):
        assert refused(api.get(target), 414) == "the address is too long"


def test_header_fields_that_are_too_long_are_431(api: Host) -> None:
    message = refused(api.get("/services", headers={"X-Long": "a" * 9000}), 431)
    assert message == "the header fields are too long"


@pytest.mark.parametrize(
    ("text", "status"),
    [
        (b"nonsense\r\n\r\n", 400),
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", 400),
        (b"GET services HTTP/1.1\r\n\r\n", 400),
        (b"GET /services HTTP/1.1\r\n\r\n", 400),
        (b"GET /services HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400),
        (b"OPTIONS * HTTP/1.1\r\nHost: h\r\n\r\n", 400),
        (b"CONNECT h:1 HTTP/1.1\r\nHost: h\r\n\r\n", 400),
        (b"POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", 400),
        (b"POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: gzip\r\n\r\n", 501),
        (b"GET /services HTTP/3.9\r\nHost: h\r\n\r\n", 505),
    ],
)
def test_what_is_no_proper_http_is_refused(api: Host, text: bytes, status: int) -> None:
    head, _, body = api.send(text + b"GET /targets HTTP/1.1\r\nHost: h\r\n\r\n").partition(
        b"\r\n\r\n"
    )
    assert head.startswith(b"HTTP/1.1 %d " % status)
    assert b"application/json; charset=utf-8" in head
    assert json.loads(body)["error"]["status"] == status


def test_nothing_of_that_troubled_nginx(api: Host) -> None:
    assert not re.search(r"\[(alert|crit|emerg)\]|thread aborted", api.log), api.log
