  $ cp "$TESTDIR/../../examples/data/poupatempo-2021.json" catalog.json

Files that cannot be read:

  $ poupa report missing.json
  poupa: cannot open missing.json: No such file or directory
  [3]
  $ poupa validate .
  poupa: cannot read .: Is a directory
  [3]
  $ poupa fmt --check missing.json catalog.json > /dev/null
  poupa: cannot open missing.json: No such file or directory
  [3]
  $ poupa show missing.json units
  poupa: cannot open missing.json: No such file or directory
  [3]
  $ poupa validate - < .
  poupa: <stdin>: the input could not be read
  [3]
  $ poupa validate - <&-
  poupa: <stdin>: the input could not be read
  [3]

Output that cannot be written:

  $ poupa validate catalog.json > /dev/full
  poupa: standard output: No space left on device
  [3]
  $ poupa validate --json catalog.json > /dev/full
  poupa: standard output: No space left on device
  [3]
  $ poupa report catalog.json > /dev/full
  poupa: standard output: No space left on device
  [3]
  $ poupa report --json catalog.json > /dev/full
  poupa: standard output: No space left on device
  [3]
  $ poupa fmt catalog.json > /dev/full
  poupa: standard output: No space left on device
  [3]
  $ poupa show catalog.json units > /dev/full
  poupa: standard output: No space left on device
  [3]
  $ poupa schema > /dev/full
  poupa: standard output: No space left on device
  [3]
  $ poupa rules --markdown > /dev/full
  poupa: standard output: No space left on device
  [3]
  $ poupa --version > /dev/full
  poupa: standard output: No space left on device
  [3]
  $ poupa report catalog.json >&-
  poupa: standard output: Bad file descriptor
  [3]

A pipe that nobody reads any more is no news to tell:

  $ python3 -c 'import os, subprocess
  > reading, writing = os.pipe()
  > os.close(reading)
  > print(subprocess.run(["poupa", "rules"], stdout=writing).returncode)'
  3
