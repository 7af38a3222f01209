  $ cp "$TESTDIR/../../examples/data/poupatempo-2021.json" catalog.json
  $ sed 's/"organization_id": "procon-sp"/"organization_id": "procom-sp"/' catalog.json > bad.json
  $ sed 's/"url": "https/"ulr": "https/' catalog.json > odd.json

A sound document:

  $ poupa validate catalog.json
  catalog.json: no findings
  $ poupa validate --strict catalog.json
  catalog.json: no findings

Errors fail:

  $ poupa validate bad.json
  bad.json:219:26: error: "procom-sp" is not the id of an organization; did you mean "procon-sp"? [E2005 /services/0/organization_id]
     219 |       "organization_id": "procom-sp",
         |                          ^~~~~~~~~~~
  bad.json:299:26: error: "procom-sp" is not the id of an organization; did you mean "procon-sp"? [E2005 /metrics/0/organization_id]
     299 |       "organization_id": "procom-sp",
         |                          ^~~~~~~~~~~
  bad.json:311:26: error: "procom-sp" is not the id of an organization; did you mean "procon-sp"? [E2005 /metrics/1/organization_id]
     311 |       "organization_id": "procom-sp",
         |                          ^~~~~~~~~~~
  bad.json:324:26: error: "procom-sp" is not the id of an organization; did you mean "procon-sp"? [E2005 /metrics/2/organization_id]
     324 |       "organization_id": "procom-sp",
         |                          ^~~~~~~~~~~
  bad.json: note: rules not run: W3009 to W3011, W3020 to W3023 (3 errors in metrics, the first at /metrics/0/organization_id)
  bad.json: 4 errors
  [1]

Warnings fail only when they are to:

  $ poupa validate odd.json
  odd.json:140:7: warning: "ulr" is no member of a channel; did you mean "url"? [W3001 /channels/0/ulr]
     140 |       "ulr": "https://www.poupatempo.sp.gov.br"
         |       ^~~~~
  odd.json: 1 warning
  $ poupa validate --strict odd.json
  odd.json:140:7: warning: "ulr" is no member of a channel; did you mean "url"? [W3001 /channels/0/ulr]
     140 |       "ulr": "https://www.poupatempo.sp.gov.br"
         |       ^~~~~
  odd.json: 1 warning
  [1]
  $ poupa validate -s odd.json > /dev/null
  [1]

Several files are all checked, and the worst of them counts:

  $ poupa validate catalog.json bad.json odd.json | tail -n 1
  3 files: 4 errors, 1 warning
  $ poupa validate bad.json catalog.json missing.json > /dev/null
  poupa: cannot open missing.json: No such file or directory
  [3]

Standard input:

  $ poupa validate - < catalog.json
  <stdin>: no findings
  $ poupa validate - < odd.json
  <stdin>:140:7: warning: "ulr" is no member of a channel; did you mean "url"? [W3001 /channels/0/ulr]
     140 |       "ulr": "https://www.poupatempo.sp.gov.br"
         |       ^~~~~
  <stdin>: 1 warning

JSON, for other programs:

  $ poupa validate --json odd.json catalog.json
  {
    "files": [
      {
        "file": "odd.json",
        "errors": 0,
        "warnings": 1,
        "findings": [
          {
            "code": "W3001",
            "severity": "warning",
            "message": "\"ulr\" is no member of a channel; did you mean \"url\"?",
            "path": "/channels/0/ulr",
            "line": 140,
            "column": 7,
            "offset": 3182
          }
        ],
        "rules_not_run": []
      },
      {
        "file": "catalog.json",
        "errors": 0,
        "warnings": 0,
        "findings": [],
        "rules_not_run": []
      }
    ]
  }
  $ poupa validate --json bad.json | python3 -m json.tool > /dev/null

A file that cannot be read leaves out nothing of the others:

  $ poupa validate --json missing.json catalog.json
  poupa: cannot open missing.json: No such file or directory
  {
    "files": [
      {
        "file": "catalog.json",
        "errors": 0,
        "warnings": 0,
        "findings": [],
        "rules_not_run": []
      }
    ]
  }
  [3]

What is not JSON at all is told, too, with the rules that had nothing to look at:

  $ echo 'Poupatempo' | poupa validate -
  <stdin>:1:1: error: expected a value, found 'P' [E1001]
       1 | Poupatempo
         | ^~~~~~~~~~
  <stdin>: note: rules not run: W3001 to W3024 (the text is not a catalogue document)
  <stdin>: 1 error
  [1]
  $ poupa validate - < /dev/null
  <stdin>:1:1: error: the text ends where a value is expected [E1002]
       1 | 
         | ^
  <stdin>: note: rules not run: W3001 to W3024 (the text is not a catalogue document)
  <stdin>: 1 error
  [1]
