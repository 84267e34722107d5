# shellcheck shell=bash
# What ./dev --help says. Sourced by ./dev.

command_names() { echo 'demo, replay, up, test, nightly, mutants, aot, bench, prices, gateway, ledger, infra, package, release'; }

help_all() {
  cat << 'TEXT'
usage: ./dev COMMAND [OPTIONS]

  demo      start the local stack and replay a recorded day: 600 requests, decisions, costs, balances
  replay    the same for any folder with a webhook.jsonl and a gateway.log
  up        start the local stack and leave it running, with its URLs
  test      every test that fits in 20 minutes
  nightly   those and the long ones
  mutants   mutation testing of the money code, its survivors against a list
  aot       build the native binaries of the functions and try them on the stack
  bench     measure decisions, lines, starts and loads on this machine
  prices    the price book: price usage, explain a price, import, compare
  gateway   the gateway's configuration: render it, or run it on the local stack
  ledger    verify and rebuild accounts, sweep, resolve entries
  infra     check the Terraform
  package   build the archives that are deployed, look at each and try it on the stack
  release   make a version commit and its tag

./dev COMMAND --help tells more. Results go to standard output, everything else to standard error.
Exit: 0 done, 1 some input was bad, 2 usage, 3 a tool is missing.
TEXT
}

has_help() {
  case $1 in
    demo | replay | up | test | nightly | mutants | aot | bench) return 0 ;;
    *) return 1 ;;
  esac
}

help_for() {
  case $1 in
    demo)
      cat << 'TEXT'
usage: ./dev demo [--json] [--native]

Starts the local stack on a fresh ledger, sets the budgets of local/budgets.json ($25 for the sandbox team research)
and replays tests/recorded/day: each webhook call in its recorded order, then its line of the gateway's log. Shows every
decision, cost and balance as it happens, and at the end a table and whether ledger and accounts agree. Stops everything
it started.
TEXT
      ;;
    replay)
      cat << 'TEXT'
usage: ./dev replay FOLDER [--log-only] [--batch N] [--json] [--native]

FOLDER holds webhook.jsonl (what the gateway asked) and gateway.log (what it logged), tied by request id. Always on a
fresh ledger, with the budgets of local/budgets.json.

  --log-only  book the log without asking first, as where no budget was enforced; webhook.jsonl is not needed
  --batch N   log lines in one CloudWatch payload, 1 to 10000 (default 25)
  --native    the native binaries that ./dev aot built, instead of the JIT builds
  --json      the last line of standard output is the result as JSON:
              {"mode":"decide|log_only","lines":{"access":0,"booked":0,"duplicate":0,"ignored":0,"bad":0},
               "teams":{"<team>|unattributed":{"admitted":0,"refused":0,"measured_usd":"0","estimated_usd":"0",
               "open_holds":0,"open_holds_usd":"0"}}}

A refused request was never sent to a provider, so its recorded line is replaced by the one that the gateway logs for a
refusal. Exit 1 when some line of the input was bad; it is named, and the others are replayed.
TEXT
      ;;
    up)
      cat << 'TEXT'
usage: ./dev up [--port N] [--invoke-port N] [--budgets FILE] [--native] [--prefix PREFIX]

Starts DynamoDB Local and the functions and leaves them running until Ctrl-C, the sweep every ten minutes. Prints the Function URL of
budget_enforcement, the address where cost_attribution takes log lines, and a curl line for each.

  --port N          port of the Function URL (default 8788; 0: any free one)
  --invoke-port N   port of the Invoke API and the log subscription (default 8789; 0: any free one)
  --budgets FILE    budgets to set at the start (default local/budgets.json)
  --native          the native binaries that ./dev aot built, instead of the JIT builds
  --prefix PREFIX   prefix of the tables (default aigateway-local-)

DYNAMODB_ENDPOINT, when set, names a DynamoDB that runs already; the tables are created there and left.
TEXT
      ;;
    test | nightly)
      cat << 'TEXT'
usage: ./dev test [PROJECT…]      ./dev nightly [PROJECT…]

Builds everything and runs every test project, or only those named (a folder of tests/, such as domain). The last line is
"N passed, N failed". nightly sets NIGHTLY=1, which lets the long tests run too (100,000 schedules of the engine, 5,000 requests over
nested limits, 1,000,000 replies, every combination of the gateway's configuration), and ends with ./dev mutants, which counts
as one more test.
TEXT
      ;;
    mutants)
      cat << 'TEXT'
usage: ./dev mutants [FOLDER…]

Changes the money code in one place at a time (Stryker.NET, pinned in .config/dotnet-tools.json) and runs the tests on each
change. A change that no test notices is a survivor: it needs a test, or a line with a reason in tests/mutation/survivors.tsv.
FOLDER: money (Usd.cs), ledger, settlement, decisions, budgets, pricing (the arithmetic of costs), and of the engine
engine-reserve, engine-settle, engine-sweep, engine-books (reconciliation) and engine-shards; all of them by default. engine is all
five of the engine.

Works in a copy, .local/mutants/tree. A survivor that is not listed is printed as the line to add, without its reason, and the
exit is 1. A listed one that is gone is told on standard error. AIGATEWAY_SCHEDULES: schedules of the simulation a mutant (40).
TEXT
      ;;
    aot)
      cat << 'TEXT'
usage: ./dev aot

Builds the native binaries of the functions (a few minutes), starts them on the local stack, sends each recorded events
and checks the answers. Prints size and start time of each. They are left in .local/native/.
TEXT
      ;;
    bench)
      cat << 'TEXT'
usage: ./dev bench [PART…] [--quick] [--write] [--load-seconds N]

Measures on this machine, which should have nothing else to do, and prints each figure with its goal, its change against
the last run (kept in .local/bench/last.tsv) and against the reference (tests/benchmarks/reference.tsv). What is worse by
more than a quarter is marked. Without a PART all of them, about a quarter of an hour with the native builds:

  decision     the event's bytes to the reply's, DynamoDB answered from memory: times, allocations, a million of them
  parts        the steps of it one by one
  attribution  log payloads of 10 to 10,000 lines: unpacked, read and priced
  cold         50 starts of each native binary, its size and memory
  load         the local stack under 1, 16 and 64 callers, then again with DynamoDB 5 ms away

  --quick            seconds instead of minutes: to see that it works, not for figures; not kept
  --write            also rewrite the reference and the tables of figures in README.md and docs/speed.md
  --load-seconds N   for each number of callers (default 60)

Starts and loads run the native binaries, which are built when a source has changed.
TEXT
      ;;
  esac
}
