The schema is a schema, and the example follows it:

  $ poupa schema > schema.json
  $ cat > check.py <<'EOF'
  > import json, os, jsonschema
  > schema = json.load(open("schema.json"))
  > print(schema["$schema"])
  > jsonschema.Draft202012Validator.check_schema(schema)
  > validator = jsonschema.Draft202012Validator(schema)
  > data = os.environ["TESTDIR"] + "/../../examples/data/poupatempo-2021.json"
  > document = json.load(open(data))
  > validator.validate(document)
  > document["metrics"][0]["period"] = "2021-H1"
  > del document["units"][0]["name"]
  > document["offerings"][2]["booking"] = "perhaps"
  > for error in sorted(validator.iter_errors(document), key=lambda error: error.json_path):
  >     print(error.json_path)
  > EOF
  $ /usr/bin/python3 check.py
  https://json-schema.org/draft/2020-12/schema
  $.metrics[0].period
  $.offerings[2].booking
  $.units[0]
