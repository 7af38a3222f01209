  $ cp "$TESTDIR/../../examples/data/poupatempo-2021.json" catalog.json

  $ poupa report --json catalog.json > report.json
  $ python3 -m json.tool report.json > /dev/null

Figures with their bounds; an open bound is null:

  $ cat > figures.py <<'EOF'
  > import json
  > report = json.load(open("report.json"))
  > for metric in report["metrics"]:
  >     print(metric["id"], metric["low"], metric["value"], metric["high"])
  > for derived in report["derived"]:
  >     print(derived["derivation"], derived["metric_id"], derived["base_id"],
  >           {key: round(number, 1) for key, number in derived["percent"].items()})
  > for claim in report["claims"]:
  >     print(claim["id"], claim["kind"], claim["verdict"], claim["stated"], claim["warnings"])
  > EOF
  $ python3 figures.py
  procon-sp.2021-s1 12000 12000 13000
  procon-sp.digital.2021-s1 4000 5000 6000
  procon-sp.presencial.2021-s1 6500 7000 7500
  poupatempo.servicos-digitais.2021-07 139.5 140 140.5
  poupatempo.2021-s1 14500000 15000000 15500000
  poupatempo.2020 14050000 14100000 14150000
  poupatempo.digital.2021-s1 12100000 12200000 12300000
  poupatempo.digital.2020 5350000 5400000 5450000
  poupatempo.idade.2021-07 22.5 23 23.5
  poupatempo.acumulado.2021-07 629000000 630000000 631000000
  digital_share procon-sp.digital.2021-s1 procon-sp.2021-s1 {'value': 41.7, 'low': 30.8, 'high': 50}
  part_of_year poupatempo.2021-s1 poupatempo.2020 {'value': 106.4, 'low': 102.5, 'high': 110.3}
  digital_share poupatempo.digital.2021-s1 poupatempo.2021-s1 {'value': 81.3, 'low': 78.1, 'high': 84.8}
  part_of_year poupatempo.digital.2021-s1 poupatempo.digital.2020 {'value': 225.9, 'low': 222.0, 'high': 229.9}
  digital_share poupatempo.digital.2020 poupatempo.2020 {'value': 38.3, 'low': 37.8, 'high': 38.8}
  semestre-maior-que-2020 greater confirmed {'value': 14100000, 'low': 14050000, 'high': 14150000} ['W3102']
  digital-mais-que-o-dobro ratio confirmed {'value': 2, 'low': 2, 'high': None} ['W3102']
  digital-e-presencial-somam sum consistent {'value': 12000, 'low': 12000, 'high': 13000} []

A metric and a target in full:

  $ python3 -c 'import json
  > report = json.load(open("report.json"))
  > print(list(report))
  > print(json.dumps(report["metrics"][0], indent=2))
  > print(json.dumps(report["targets"][1], indent=2))'
  ['metrics', 'derived', 'claims', 'targets']
  {
    "id": "procon-sp.2021-s1",
    "indicator_id": "atendimentos",
    "value": 12000,
    "low": 12000,
    "high": 13000,
    "unit": "count",
    "period": "2021-S1",
    "qualifier": "over",
    "resolution": 1000
  }
  {
    "id": "servicos-digitais.2022",
    "state": "unknown",
    "as_of": "2021-07-31",
    "actual": {
      "value": 140,
      "low": 139.5,
      "high": 140.5
    },
    "target": 240,
    "share": 58.333333333333336,
    "remaining": 100,
    "months_left": 17,
    "pace_needed": 5.882352941176471,
    "forecast": null,
    "bounds": {
      "target": {
        "low": 240,
        "high": null
      },
      "share": {
        "low": 0,
        "high": 58.541666666666664
      },
      "remaining": {
        "low": 99.5,
        "high": null
      }
    }
  }

The language changes nothing, the date of the targets does:

  $ poupa report --json --lang pt catalog.json | cmp - report.json
  $ poupa report --json --as-of 2022 catalog.json | grep -e as_of -e '"state"'
        "state": "missed",
        "as_of": "2022-12-31",
        "state": "unknown",
        "as_of": "2022-12-31",
