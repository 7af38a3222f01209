Mistakes that people make, and what validate says of each. All start from this sound
document:

  $ cat > sound.json <<'EOF'
  > {
  >   "poupa": "1.0",
  >   "sources": [
  >     {"id": "boletim", "title": "Boletim de julho", "published": "2021-07-30"}
  >   ],
  >   "areas": [
  >     {"id": "bauru", "type": "municipality", "name": "Bauru", "code": "3506003"}
  >   ],
  >   "organizations": [
  >     {"id": "procon-sp", "name": "Procon-SP"}
  >   ],
  >   "channels": [
  >     {"id": "posto", "type": "in_person", "name": "Posto"}
  >   ],
  >   "units": [
  >     {"id": "bauru", "name": "Bauru", "area_id": "bauru", "latitude": -22.3, "longitude": -49.1}
  >   ],
  >   "services": [
  >     {"id": "queixa", "name": "Queixa", "organization_id": "procon-sp"}
  >   ],
  >   "offerings": [
  >     {"id": "queixa.posto", "service_id": "queixa", "channel_id": "posto", "unit_ids": ["bauru"]}
  >   ],
  >   "indicators": [
  >     {"id": "atendimentos", "name": "Atendimentos", "measure": "flow"}
  >   ],
  >   "metrics": [
  >     {"id": "semestre", "indicator_id": "atendimentos", "value": 12000, "period": "2021-S1",
  >      "qualifier": "over", "resolution": 1000, "source_id": "boletim"}
  >   ]
  > }
  > EOF
  $ poupa validate --strict sound.json
  sound.json: no findings
  $ mistake() { sed "$1" sound.json | poupa validate -; }

A comma too many:

  $ mistake '5s/$/,/; 4s/}$/},/'
  <stdin>:5:3: error: a comma before ']' [E1001]
       5 |   ],,
         |   ^
  <stdin>: note: rules not run: W3001 to W3024 (the text is not a catalogue document)
  <stdin>: 1 error
  [1]

A file that was cut off:

  $ head -n 12 sound.json | poupa validate -
  <stdin>:13:1: error: the text ends where a value is expected [E1002]
      13 | 
         | ^
  <stdin>: note: rules not run: W3001 to W3024 (the text is not a catalogue document)
  <stdin>: 1 error
  [1]

Text that is not UTF-8:

  $ mistake 's/Boletim de julho/Boletim de mar\xe7o/'
  <stdin>:4:47: error: byte 0xE7 is not UTF-8 [E1005]
       4 |     {"id": "boletim", "title": "Boletim de mar?o", "published": "2021-07-30"}
         |                                               ^~
  <stdin>: note: rules not run: W3001 to W3024 (the text is not a catalogue document)
  <stdin>: 1 error
  [1]

A member twice:

  $ mistake '10s/"name"/"name": "Procon", "name"/'
  <stdin>:10:43: error: the key "name" is in this object already [E1006]
      10 |     {"id": "procon-sp", "name": "Procon", "name": "Procon-SP"}
         |                                           ^~~~~~
  <stdin>: note: rules not run: W3001 to W3024 (the text is not a catalogue document)
  <stdin>: 1 error
  [1]

A member that is missing:

  $ mistake '13s/, "name": "Posto"//'
  <stdin>:13:5: error: this channel has no "name" [E2001 /channels/0]
      13 |     {"id": "posto", "type": "in_person"}
         |     ^
  <stdin>: note: rules not run: W3001 to W3003 (in part: 1 error in channels, the first at /channels/0)
  <stdin>: note: rules not run: W3015, W3016 (1 error in channels, the first at /channels/0)
  <stdin>: 1 error
  [1]

A number as a text:

  $ mistake 's/12000/"12 mil"/'
  <stdin>:28:65: error: "value" must be a number; found a text [E2002 /metrics/0/value]
      28 | ...mestre", "indicator_id": "atendimentos", "value": "12 mil", "period": "2021-S1",
         |                                                      ^~~~~~~~
  <stdin>: note: rules not run: W3001 to W3003, W3008, W3012 to W3014 (in part: 1 error in metrics, the first at /metrics/0/value)
  <stdin>: note: rules not run: W3009 to W3011, W3020 to W3023 (1 error in metrics, the first at /metrics/0/value)
  <stdin>: 1 error
  [1]

An id that cannot be one:

  $ mistake '4s/"boletim"/"Boletim de Julho"/'
  <stdin>:4:12: error: "Boletim de Julho" is not an id: a-z and 0-9, and behind the first also . _ - [E2003 /sources/0/id]
       4 |     {"id": "Boletim de Julho", "title": "Boletim de julho", "published": "2021-07-30"}
         |            ^~~~~~~~~~~~~~~~~~
  <stdin>:29:60: error: "boletim" is not the id of a source [E2005 /metrics/0/source_id]
      29 | ...lifier": "over", "resolution": 1000, "source_id": "boletim"}
         |                                                      ^~~~~~~~~
  <stdin>: note: rules not run: W3001 to W3003 (in part: 1 error in sources, the first at /sources/0/id)
  <stdin>: note: rules not run: W3008 (1 error in sources, the first at /sources/0/id)
  <stdin>: note: rules not run: W3009 to W3011, W3020 to W3023 (1 error in metrics, the first at /metrics/0/source_id)
  <stdin>: 2 errors
  [1]

The same id twice:

  $ mistake '10s/$/,\n    {"id": "procon-sp", "name": "Procon"}/'
  <stdin>:11:12: error: the id "procon-sp" is that of another organization already [E2004 /organizations/1/id]
      11 |     {"id": "procon-sp", "name": "Procon"}
         |            ^~~~~~~~~~~
  <stdin>: note: rules not run: W3001 to W3003 (in part: 1 error in organizations, the first at /organizations/1/id)
  <stdin>: 1 error
  [1]

A reference that leads nowhere:

  $ mistake '19s/procon-sp/procom-sp/'
  <stdin>:19:59: error: "procom-sp" is not the id of an organization; did you mean "procon-sp"? [E2005 /services/0/organization_id]
      19 | ...": "queixa", "name": "Queixa", "organization_id": "procom-sp"}
         |                                                      ^~~~~~~~~~~
  <stdin>: 1 error
  [1]

A word that the vocabulary does not have:

  $ mistake 's/"over"/"more_than"/'
  <stdin>:29:19: error: "more_than" is no qualifier: exact, about, over, almost, at_least, at_most [E2009 /metrics/0/qualifier]
      29 |      "qualifier": "more_than", "resolution": 1000, "source_id": "boletim"}
         |                   ^~~~~~~~~~~
  <stdin>: note: rules not run: W3001 to W3003, W3008, W3012 to W3014 (in part: 1 error in metrics, the first at /metrics/0/qualifier)
  <stdin>: note: rules not run: W3009 to W3011, W3020 to W3023 (1 error in metrics, the first at /metrics/0/qualifier)
  <stdin>: 1 error
  [1]

A half-year as people write it:

  $ mistake 's/2021-S1/2021-H1/'
  <stdin>:28:82: error: "2021-H1" is not a period; write 2021-S1 [E2011 /metrics/0/period]
      28 | ...or_id": "atendimentos", "value": 12000, "period": "2021-H1",
         |                                                      ^~~~~~~~~
  <stdin>: note: rules not run: W3001 to W3003, W3008, W3012 to W3014 (in part: 1 error in metrics, the first at /metrics/0/period)
  <stdin>: note: rules not run: W3009 to W3011, W3020 to W3023 (1 error in metrics, the first at /metrics/0/period)
  <stdin>: 1 error
  [1]

A date that does not exist:

  $ mistake 's/2021-07-30/30.7.2021/'
  <stdin>:4:65: error: "30.7.2021" is not a date: write YYYY, YYYY-MM or YYYY-MM-DD, years 0001 to 9999 [E2010 /sources/0/published]
       4 | ...letim", "title": "Boletim de julho", "published": "30.7.2021"}
         |                                                      ^~~~~~~~~~~
  <stdin>: note: rules not run: W3001 to W3003 (in part: 1 error in sources, the first at /sources/0/published)
  <stdin>: note: rules not run: W3008 (1 error in sources, the first at /sources/0/published)
  <stdin>: 1 error
  [1]

A misspelt member:

  $ mistake '16s/area_id/aera_id/'
  <stdin>:16:38: warning: "aera_id" is no member of a unit; did you mean "area_id"? [W3001 /units/0/aera_id]
      16 |     {"id": "bauru", "name": "Bauru", "aera_id": "bauru", "latitude": -22.3, "longitude": -...
         |                                      ^~~~~~~~~
  <stdin>: 1 warning

Latitude and longitude off the globe:

  $ mistake '16s/-22.3/-223/'
  <stdin>:16:70: warning: latitude -223 is off the globe: it lies between -90 and 90 [W3004 /units/0/latitude]
      16 | ... "name": "Bauru", "area_id": "bauru", "latitude": -223, "longitude": -49.1}
         |                                                      ^~~~
  <stdin>: 1 warning

A municipality's code with a wrong digit:

  $ mistake 's/3506003/3506030/'
  <stdin>:7:70: warning: "3506030" has the wrong check digit: 350603 is followed by 7 [W3007 /areas/0/code]
       7 | ... "type": "municipality", "name": "Bauru", "code": "3506030"}
         |                                                      ^~~~~~~~~
  <stdin>: 1 warning

A figure from the future:

  $ mistake 's/2021-S1/2021/'
  <stdin>:28:82: warning: the period ends on 2021-12-31, after "boletim" was published (2021-07-30) [W3008 /metrics/0/period]
      28 | ...or_id": "atendimentos", "value": 12000, "period": "2021",
         |                                                      ^~~~~~
  <stdin>: 1 warning

Nowhere to go to:

  $ mistake 's/, "unit_ids": \["bauru"\]//'
  <stdin>:16:12: warning: no offering, metric or target refers to the unit "bauru" [W3020 /units/0/id]
      16 |     {"id": "bauru", "name": "Bauru", "area_id": "bauru", "latitude": -22.3, "longitude": -...
         |            ^~~~~~~
  <stdin>:22:66: warning: "queixa" is offered in person, but unit_ids does not say where [W3015 /offerings/0/channel_id]
      22 | ...ixa.posto", "service_id": "queixa", "channel_id": "posto"}
         |                                                      ^~~~~~~
  <stdin>: 2 warnings

A format that this version does not read:

  $ mistake '2s/1.0/2.0/'
  <stdin>:2:12: error: version "2.0" of the format is not read here; 1.x is [E2015 /poupa]
       2 |   "poupa": "2.0",
         |            ^~~~~
  <stdin>: note: rules not run: W3001 to W3024 (the text is not a catalogue document)
  <stdin>: 1 error
  [1]

Several at once are all found, in the order of the text:

  $ mistake '19s/procon-sp/procom-sp/; s/12000/12500/; s/"over"/"more_than"/'
  <stdin>:19:59: error: "procom-sp" is not the id of an organization; did you mean "procon-sp"? [E2005 /services/0/organization_id]
      19 | ...": "queixa", "name": "Queixa", "organization_id": "procom-sp"}
         |                                                      ^~~~~~~~~~~
  <stdin>:29:19: error: "more_than" is no qualifier: exact, about, over, almost, at_least, at_most [E2009 /metrics/0/qualifier]
      29 |      "qualifier": "more_than", "resolution": 1000, "source_id": "boletim"}
         |                   ^~~~~~~~~~~
  <stdin>: note: rules not run: W3001 to W3003, W3008, W3012 to W3014 (in part: 1 error in metrics, the first at /metrics/0/qualifier)
  <stdin>: note: rules not run: W3009 to W3011, W3020 to W3023 (1 error in metrics, the first at /metrics/0/qualifier)
  <stdin>: 2 errors
  [1]
