Made-up records are the same for the same seed, and say that they are made up:

  $ poupa generate --rows 2 --seed 1
  {"period":"2020-01-01","unit":"synthetic-unit-178","service":"synthetic-service-388","channel":"totem","count":27,"wait_s":2318,"service_s":1639}
  {"period":"2020-12-31","unit":"synthetic-unit-068","service":"synthetic-service-317","channel":"totem","count":37,"wait_s":1394,"service_s":1014}
  $ poupa generate --rows 1000 --seed 7 > once.ndjson
  $ poupa generate --rows 1000 --seed 7 | cmp - once.ndjson
  $ poupa generate --rows 1000 --seed 8 | cmp -s - once.ndjson
  [1]
  $ CATALOG="$TESTDIR/../../examples/data/poupatempo-2021.json"
  $ poupa generate --rows 1000 --catalog "$CATALOG" > known.ndjson
  $ grep -c '"synthetic":true' known.ndjson
  1000
  $ poupa check-stream --catalog "$CATALOG" known.ndjson
  known.ndjson: 1000 good, 0 bad and 0 blank lines

Messy ones mean as much:

  $ poupa generate --rows 1000 --messy > messy.ndjson
  $ poupa check-stream messy.ndjson
  messy.ndjson: 1000 good, 0 bad and 2 blank lines

What cannot be:

  $ poupa generate --rows many
  poupa: "many" is not a number from 0 to 1099511627776
  Try "poupa generate --help".
  [2]
  $ poupa generate --catalog missing.json
  poupa: cannot open missing.json: No such file or directory
  [3]
  $ poupa generate > /dev/full
  poupa: standard output: No space left on device
  [3]
