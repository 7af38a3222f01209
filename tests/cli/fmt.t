  $ cp "$TESTDIR/../../examples/data/poupatempo-2021.json" catalog.json
  $ python3 -c 'import json
  > print(json.dumps(json.load(open("catalog.json"))))' > dense.json

Formatting what is formatted changes nothing:

  $ poupa fmt catalog.json > once.json
  $ poupa fmt once.json | cmp - once.json
  $ poupa fmt --check once.json
  $ poupa fmt - < once.json | cmp - once.json

Any layout of a document comes out the same:

  $ poupa fmt dense.json | cmp - once.json
  $ poupa fmt --check dense.json once.json - < dense.json
  dense.json
  <stdin>
  [1]

Nothing is lost: unknown members and words stay, in their order.

  $ cat > kept.json <<'EOF'
  > {"x-b": [1, {"c": 1e2}], "channels": [
  > {"name": "Balcão móvel", "x-colour": "azul", "type": "balloon", "id": "balao", "x-a": null,
  >  "note": "", "x-numbers": [1, 2.50, -0.0, 1234567890123456789]}],
  > "poupa": "1.7", "language": "pt-BR", "areas": []}
  > EOF
  $ poupa fmt kept.json
  {
    "poupa": "1.7",
    "language": "pt-BR",
    "areas": [],
    "channels": [
      {
        "id": "balao",
        "type": "balloon",
        "name": "Balcão móvel",
        "note": "",
        "x-colour": "azul",
        "x-a": null,
        "x-numbers": [1, 2.5, -0.0, 1234567890123456789]
      }
    ],
    "x-b": [
      1,
      {
        "c": 100.0
      }
    ]
  }

In place, a file that is formatted is not touched:

  $ touch -d 2021-07-14 once.json
  $ poupa fmt -i dense.json once.json
  $ cmp dense.json once.json
  $ date -r once.json +%F
  2021-07-14
  $ ls
  catalog.json
  dense.json
  kept.json
  once.json

A link stays a link, and modes stay as they are:

  $ poupa show --json once.json units > /dev/null
  $ chmod 640 kept.json; ln -s kept.json link.json
  $ poupa fmt --in-place link.json
  $ stat -c '%F %a' link.json kept.json
  symbolic link 777
  regular file 640
  $ poupa fmt --check kept.json link.json

A document with errors is left alone:

  $ echo '{"poupa": "1.0", "units": [{"id": "se"}]}' > bad.json
  $ poupa fmt -i bad.json once.json
  bad.json:1:28: error: this unit has no "name" [E2001 /units/0]
       1 | {"poupa": "1.0", "units": [{"id": "se"}]}
         |                            ^
  [1]
  $ cat bad.json
  {"poupa": "1.0", "units": [{"id": "se"}]}

What cannot be:

  $ poupa fmt -i - < bad.json
  poupa: standard input cannot be formatted in place
  Try "poupa fmt --help".
  [2]
  $ poupa fmt --check --in-place bad.json
  poupa: --check and --in-place exclude each other
  Try "poupa fmt --help".
  [2]
