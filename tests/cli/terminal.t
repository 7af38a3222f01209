What is shown on a terminal while the work is long, and what an interrupt then leaves:

  $ cat > on_terminal.py <<'EOF'
  > import os, pty, re, signal, subprocess, sys
  > 
  > awaited, command = sys.argv[1].encode(), sys.argv[2:]
  > leader, follower = pty.openpty()
  > with open("out.ndjson", "wb") as out:
  >     process = subprocess.Popen(command, stdout=out, stderr=follower)
  > os.close(follower)
  > said = b""
  > while not re.search(awaited, said):
  >     said += os.read(leader, 4096)
  > process.send_signal(signal.SIGINT)
  > try:
  >     while more := os.read(leader, 4096):
  >         said += more
  > except OSError:
  >     pass
  > print(process.wait())
  > lines = re.split(r"[\r\n]+", said.decode())
  > bars = [line for line in lines if " MiB" in line]
  > others = [line for line in lines if " MiB" not in line]
  > for kind in sorted({re.sub(r"[0-9]+", "N", re.sub("=+ *| +", " ", bar)) for bar in bars}):
  >     print(kind.strip())
  > print(others)
  > EOF
  $ python3 on_terminal.py '%' poupa generate --rows 1000000000
  -2
  N records, N MiB [ ] N %
  ['', '\x1b[Kpoupa: interrupted', '']
  $ tail -c 2 out.ndjson
  }
  $ grep -vc '^{"period":"20.*}$' out.ndjson
  0
  [1]

How much there is of a pipe is not known:

  $ mkfifo pipe
  $ poupa generate --rows 1000 > some.ndjson
  $ exec 3<> pipe
  $ cat some.ndjson >&3 & writer=$!
  $ python3 on_terminal.py 'MiB' poupa rollup pipe
  -2
  N records, N MiB
  ['', '\x1b[Kpoupa: interrupted', '']
  $ kill $writer 2> /dev/null || true
