  $ poupa --version
  poupa 0.1.0
  $ poupa -V
  poupa 0.1.0
  $ poupa --help
  usage: poupa COMMAND [OPTION...]
  
  A catalogue document is one JSON object that says which public services are
  offered, by whom, where and through which channel, and what was published about
  them: figures, targets and claims.
  A FILE of "-" is standard input. Results go to standard output, all other
  messages to standard error.
  
  Commands
    validate      find what is wrong with documents
    report        tell what a document says, recomputed and judged
    fmt           put documents into canonical form
    show          list the entities of a document, or show one
    schema        print the JSON Schema of documents
    rules         explain the rules that findings are made by
    rollup        add up attendance records
    check-stream  find what is wrong with attendance streams
    generate      make up attendance records
    help          explain a command
  
  Options
    -h, --help     print this help
    -V, --version  print the version
  
  Exit status
    0    all is well
    1    a document has findings that count, see the commands
    2    the command line is wrong
    3    a file could not be read or written
    130  an interrupt (Ctrl-C) ended it
  $ poupa help
  usage: poupa COMMAND [OPTION...]
  
  A catalogue document is one JSON object that says which public services are
  offered, by whom, where and through which channel, and what was published about
  them: figures, targets and claims.
  A FILE of "-" is standard input. Results go to standard output, all other
  messages to standard error.
  
  Commands
    validate      find what is wrong with documents
    report        tell what a document says, recomputed and judged
    fmt           put documents into canonical form
    show          list the entities of a document, or show one
    schema        print the JSON Schema of documents
    rules         explain the rules that findings are made by
    rollup        add up attendance records
    check-stream  find what is wrong with attendance streams
    generate      make up attendance records
    help          explain a command
  
  Options
    -h, --help     print this help
    -V, --version  print the version
  
  Exit status
    0    all is well
    1    a document has findings that count, see the commands
    2    the command line is wrong
    3    a file could not be read or written
    130  an interrupt (Ctrl-C) ended it
  $ poupa validate --help
  usage: poupa validate [OPTION...] FILE...
  
  Finds everything in one go: broken JSON, members of the wrong type, references
  that lead nowhere, and what is well-formed but implausible. Each finding has its
  place, the line of the text, and the code of its rule, which "poupa rules CODE"
  explains. Rules that could not run are named with the reason.
  
  Options
    -j, --json    print JSON
    -s, --strict  let warnings fail, too
    -h, --help    print this help
  
  Exit status
    0  all is well
    1  a document has errors or, with --strict, warnings
    2  the command line is wrong
    3  a file could not be read or written
  
  Examples
    poupa validate catalog.json
        Lists what is wrong with a document.
    poupa validate --strict --json *.json
        Checks many, warnings included, for a program to read.
  $ poupa help fmt
  usage: poupa fmt [OPTION...] FILE...
  
  Writes members in the order of the format with two spaces an indent. Nothing is
  lost: members and words that the format does not know are kept. Formatting what
  is formatted changes nothing.
  Without --check or --in-place the result goes to standard output. Files are
  replaced whole or not at all.
  
  Options
    -c, --check     write nothing; list the files that are not formatted
    -i, --in-place  write to the files themselves; a formatted one is left
                    untouched
    -h, --help      print this help
  
  Exit status
    0  all is well
    1  a document has errors or, with --check, is not formatted
    2  the command line is wrong
    3  a file could not be read or written
  
  Examples
    poupa fmt -i catalog.json
        Formats a file.
    poupa fmt --check *.json
        Lists the files that need it.
  $ poupa fmt -h
  usage: poupa fmt [OPTION...] FILE...
  
  Writes members in the order of the format with two spaces an indent. Nothing is
  lost: members and words that the format does not know are kept. Formatting what
  is formatted changes nothing.
  Without --check or --in-place the result goes to standard output. Files are
  replaced whole or not at all.
  
  Options
    -c, --check     write nothing; list the files that are not formatted
    -i, --in-place  write to the files themselves; a formatted one is left
                    untouched
    -h, --help      print this help
  
  Exit status
    0  all is well
    1  a document has errors or, with --check, is not formatted
    2  the command line is wrong
    3  a file could not be read or written
  
  Examples
    poupa fmt -i catalog.json
        Formats a file.
    poupa fmt --check *.json
        Lists the files that need it.

Wrong command lines are told on standard error, with what was probably meant:

  $ poupa
  poupa: which command?
  Try "poupa --help".
  [2]
  $ poupa valdate catalog.json
  poupa: there is no command "valdate"; did you mean "validate"?
  Try "poupa --help".
  [2]
  $ poupa frobnicate
  poupa: there is no command "frobnicate"; use one of validate, report, fmt, show, schema, rules, rollup, check-stream, generate, help
  Try "poupa --help".
  [2]
  $ poupa help reprot
  poupa: "reprot" is no COMMAND; did you mean "report"?
  Try "poupa help --help".
  [2]
  $ poupa --versoin
  poupa: "poupa" has no option "--versoin"; did you mean "--version"?
  Try "poupa --help".
  [2]
  $ poupa validate
  poupa: "validate" needs a FILE
  Try "poupa validate --help".
  [2]
  $ poupa validate --jsn catalog.json
  poupa: "validate" has no option "--jsn"; did you mean "--json"?
  Try "poupa validate --help".
  [2]
  $ poupa validate catalog.json --stritc
  poupa: "validate" has no option "--stritc"; did you mean "--strict"?
  Try "poupa validate --help".
  [2]
  $ poupa validate -x catalog.json
  poupa: "validate" has no option "-x"
  Try "poupa validate --help".
  [2]
  $ poupa validate --json=yes catalog.json
  poupa: the option "--json" takes no value
  Try "poupa validate --help".
  [2]
  $ poupa report one.json two.json
  poupa: "report" takes no further argument "two.json"
  Try "poupa report --help".
  [2]
  $ poupa report --lang
  poupa: the option "--lang" needs a value: LANG
  Try "poupa report --help".
  [2]
  $ poupa report --lang fr catalog.json
  poupa: "fr" is no LANG; use one of en, pt
  Try "poupa report --help".
  [2]
  $ poupa report --as-of 2021-13 catalog.json
  poupa: DATE: "2021-13" is not a date: write YYYY, YYYY-MM or YYYY-MM-DD, years 0001 to 9999
  Try "poupa report --help".
  [2]
  $ poupa report --as-of yesterday catalog.json
  poupa: DATE: "yesterday" is not a date: write YYYY, YYYY-MM or YYYY-MM-DD, years 0001 to 9999
  Try "poupa report --help".
  [2]
  $ poupa show catalog.json
  poupa: "show" needs a KIND
  Try "poupa show --help".
  [2]
  $ poupa schema catalog.json
  poupa: "schema" takes no further argument "catalog.json"
  Try "poupa schema --help".
  [2]
  $ poupa validate --frobnicate > /dev/null 2> /dev/null
  [2]

Options may be shortened, and stand behind what they are about:

  $ echo '{"poupa": "1.0"}' > empty.json
  $ poupa validate empty.json --str
  empty.json: no findings
  $ cp empty.json ./--json
  $ poupa validate -- --json
  --json: no findings
