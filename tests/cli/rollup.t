Attendance records, one a line:

  $ cat > records.ndjson <<'EOF'
  > {"period":"2021-06-14","unit":"itaquera","service":"procon-sp","channel":"presencial","count":37,"wait_s":412,"service_s":655}
  > {"period":"2021-06-15","unit":"itaquera","service":"procon-sp","channel":"presencial","count":3,"wait_s":12}
  > {"period":"2021-06","service":"procon-sp","channel":"portal","count":120}
  > 
  > {"channel":"totem", "service":"procon-sp", "period":"2021-07-01", "unit":"santos"}
  > {"period":"2021","service":"procon-sp","channel":"portal","count":9000}
  > EOF
  $ poupa rollup records.ndjson
  records.ndjson: 5 good, 0 bad and 1 blank lines
  month    channel     attendances  records  wait  service
  2021-06  portal              120        1     -        -
  2021-06  presencial           40        2  6:22    10:55
  2021-07  totem                 1        1     -        -
  
  of wider periods, which are not split:
  2021     portal             9000        1     -        -
  $ poupa rollup --by month,channel --format csv records.ndjson 2> /dev/null
  month,channel,count,rows,wait_s,service_s,first,last,wider\r (esc)
  2021-06,portal,120,1,,,2021-06,2021-06,false\r (esc)
  2021-06,presencial,40,2,382,655,2021-06-14,2021-06-15,false\r (esc)
  2021-07,totem,1,1,,,2021-07-01,2021-07-01,false\r (esc)
  2021,portal,9000,1,,,2021,2021,true\r (esc)
  $ poupa rollup --by channel --format json records.ndjson 2> /dev/null
  {
    "by": ["channel"],
    "rows": 5,
    "kept": 5,
    "filtered": 0,
    "cut": 0,
    "groups": [
      {
        "channel": "portal",
        "count": 9120,
        "rows": 2,
        "wait_s": null,
        "service_s": null,
        "first": "2021",
        "last": "2021"
      },
      {
        "channel": "presencial",
        "count": 40,
        "rows": 2,
        "wait_s": 382,
        "service_s": 655,
        "first": "2021-06-14",
        "last": "2021-06-15"
      },
      {
        "channel": "totem",
        "count": 1,
        "rows": 1,
        "wait_s": null,
        "service_s": null,
        "first": "2021-07-01",
        "last": "2021-07-01"
      }
    ]
  }
  $ poupa rollup --by unit --format ndjson records.ndjson 2> /dev/null
  {"unit":null,"count":9120,"rows":2,"wait_s":null,"service_s":null,"first":"2021","last":"2021"}
  {"unit":"itaquera","count":40,"rows":2,"wait_s":382,"service_s":655,"first":"2021-06-14","last":"2021-06-15"}
  {"unit":"santos","count":1,"rows":1,"wait_s":null,"service_s":null,"first":"2021-07-01","last":"2021-07-01"}

Any order of the input, any compression, any number of threads:

  $ poupa rollup --by year records.ndjson > plain.txt 2> /dev/null
  $ gzip -k records.ndjson
  $ poupa rollup --by year records.ndjson.gz 2> /dev/null | cmp - plain.txt
  $ poupa rollup --by year --threads 4 - < records.ndjson 2> /dev/null | cmp - plain.txt

Filters, and the first few:

  $ poupa rollup --by channel --where channel=portal,totem --where unit=santos records.ndjson 2> /dev/null
  channel  attendances  records  wait  service
  totem              1        1     -        -
  $ poupa rollup --by channel --top 1 records.ndjson 2> /dev/null
  channel  attendances  records  wait  service
  portal          9120        2     -        -

A word that no record has is mostly a mistake:

  $ poupa rollup --by channel --where channel=porta,totem --where unit=x,,santos records.ndjson
  records.ndjson: 5 good, 0 bad and 1 blank lines
  poupa: no record has channel "porta"; did you mean "portal"?
  poupa: no record has unit "x"
  channel  attendances  records  wait  service
  totem              1        1     -        -

Through a catalogue:

  $ CATALOG="$TESTDIR/../../examples/data/poupatempo-2021.json"
  $ poupa rollup --catalog "$CATALOG" --by organization,digital records.ndjson 2> /dev/null
  organization  digital    attendances  records  wait  service
  procon-sp     digital           9121        3     -        -
  procon-sp     in_person           40        2  6:22    10:55
  $ poupa rollup --catalog "$CATALOG" --by region,municipality records.ndjson 2> /dev/null
  region            municipality  attendances  records  wait  service
  -                 -                    9120        2     -        -
  -                 santos                  1        1     -        -
  grande-sao-paulo  sao-paulo              40        2  6:22    10:55
  $ poupa rollup --by organization records.ndjson
  poupa: "organization" needs a catalogue
  Try "poupa rollup --help".
  [2]

Lines that are no records:

  $ sed '2s/"wait_s":12/"wait_s":-12/' records.ndjson > bad.ndjson
  $ poupa rollup --by channel bad.ndjson
  poupa: bad.ndjson:2:106: wait_s is 0 to 2147483647, found -12
  bad.ndjson: 1 good, 1 bad and 0 blank lines
  [1]
  $ poupa rollup --by channel --on-error skip bad.ndjson
  bad.ndjson: 4 good, 1 bad and 1 blank lines
  channel     attendances  records  wait  service
  portal             9120        2     -        -
  presencial           37        1  6:52    10:55
  totem                 1        1     -        -
  $ poupa rollup --by channel --on-error quarantine --quarantine bad.txt bad.ndjson
  bad.ndjson: 4 good, 1 bad and 1 blank lines
  channel     attendances  records  wait  service
  portal             9120        2     -        -
  presencial           37        1  6:52    10:55
  totem                 1        1     -        -
  $ cat bad.txt
  {"file":"bad.ndjson","line":2,"column":106,"offset":232,"code":"E1008","reason":"wait_s is 0 to 2147483647, found -12","text":"{\"period\":\"2021-06-15\",\"unit\":\"itaquera\",\"service\":\"procon-sp\",\"channel\":\"presencial\",\"count\":3,\"wait_s\":-12}"}
  $ poupa check-stream bad.ndjson
  {"file":"bad.ndjson","line":2,"column":106,"offset":232,"code":"E1008","reason":"wait_s is 0 to 2147483647, found -12","text":"{\"period\":\"2021-06-15\",\"unit\":\"itaquera\",\"service\":\"procon-sp\",\"channel\":\"presencial\",\"count\":3,\"wait_s\":-12}"}
  bad.ndjson: 4 good, 1 bad and 1 blank lines
  [1]
  $ printf '{}\n' > other.ndjson
  $ poupa check-stream other.ndjson - < other.ndjson 2> /dev/null
  {"file":"other.ndjson","line":1,"column":1,"offset":0,"code":"E2001","reason":"service is required","text":"{}"}
  {"file":"-","line":1,"column":1,"offset":0,"code":"E2001","reason":"service is required","text":"{}"}
  [1]
  $ poupa check-stream records.ndjson
  records.ndjson: 5 good, 0 bad and 1 blank lines
  $ sed 's/itaquera/itaqera/' records.ndjson | poupa check-stream --catalog "$CATALOG" -
  <stdin>: 5 good, 0 bad and 1 blank lines
  no unit "itaqera", in 2 records; did you mean "itaquera"?
  [1]

What cannot be:

  $ poupa rollup --by fortnight records.ndjson
  poupa: there is no group "fortnight"; use one of period, day, month, quarter, half, year, unit, service, channel, organization, area, country, state, region, municipality, district, digital
  Try "poupa rollup --help".
  [2]
  $ poupa rollup --by month missing.ndjson
  poupa: cannot open missing.ndjson: No such file or directory
  [3]
  $ poupa rollup --on-error quarantine records.ndjson
  poupa: --on-error quarantine and --quarantine FILE go together
  Try "poupa rollup --help".
  [2]
  $ poupa rollup --threads many records.ndjson
  poupa: "many" is not a number from 0 to 256
  Try "poupa rollup --help".
  [2]
  $ poupa rollup
  poupa: "rollup" needs a FILE
  Try "poupa rollup --help".
  [2]
  $ poupa rollup records.ndjson > /dev/full
  records.ndjson: 5 good, 0 bad and 1 blank lines
  poupa: standard output: No space left on device
  [3]

The quarantine takes its place when all is read, and nobody else's:

  $ echo mine > bad.txt.part
  $ echo old > shared.txt
  $ poupa rollup --quarantine shared.txt missing.ndjson
  poupa: cannot open missing.ndjson: No such file or directory
  [3]
  $ cat bad.txt.part shared.txt
  mine
  old
  $ poupa rollup --quarantine shared.txt bad.ndjson > /dev/null 2>&1 & one=$!
  $ poupa rollup --quarantine shared.txt other.ndjson > /dev/null 2>&1 & two=$!
  $ wait $one $two
  $ grep -c '^{.*}$' shared.txt
  1
  $ poupa rollup --quarantine . bad.ndjson
  poupa: cannot save .: not a regular file
  [3]

An interrupt ends it, as it ends any command, also where nothing comes, and leaves nothing
behind:

  $ mkdir empty
  $ mkfifo pipe
  $ interrupt() {
  >     poupa rollup --by month --quarantine empty/left.txt "${@:3}" pipe 2> said.txt & reader=$!
  >     exec 3> pipe
  >     head -n "$2" records.ndjson >&3
  >     kill "-$1" $reader
  >     wait $reader
  > }
  $ interrupt INT 0
  [130]
  $ cat said.txt
  poupa: interrupted
  $ interrupt INT 2 --threads 2
  [130]
  $ interrupt TERM 1
  [130]
  $ cat said.txt
  poupa: interrupted
  $ ls -A empty
  $ exec 3>&-
