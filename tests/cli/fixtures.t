The catalogues that the tests are made with:

  $ cd "$TESTDIR/../fixtures/catalogs"
  $ poupa validate --strict *.json
  5 files: no findings
  $ poupa fmt --check *.json
