import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { condensed, pipInstall } from "../../scripts/pip";

test.each([
  ["Collecting boto3==1.44.5 (from -r requirements.txt (line 3))", "looking at boto3 1.44.5"],
  ["Collecting moto[server]==5.2.5 (from -r requirements.txt (line 3))", "looking at moto 5.2.5"],
  ["Processing /wheels/numpy-1.26.4-cp311-cp311-manylinux_2_17_x86_64.whl (from -r x)", "looking at numpy 1.26.4"],
  ["  Downloading pyspark-3.5.9.tar.gz (317.9 MB)", "downloading pyspark-3.5.9.tar.gz (317.9 MB)"],
  [
    "Downloading https://host/simple/six-1.17.0-py2.py3-none-any.whl (11 kB)",
    "downloading six-1.17.0-py2.py3-none-any.whl (11 kB)",
  ],
  ["  Downloading six-1.17.0-py2.py3-none-any.whl.metadata (1.7 kB)", undefined],
  ["  Building wheel for pyspark (pyproject.toml): started", "building pyspark"],
  ["  Building wheel for pyspark (pyproject.toml): finished with status 'done'", undefined],
  ["Installing collected packages: py4j, six, pyspark", "installing 3 packages"],
  ["WARNING: Location 'file:///x' is ignored: it is neither a file nor a directory.", undefined],
])("of %j is said: %j", (line, said) => {
  expect(condensed(line)).toBe(said);
});

describe("what Python packages are pinned by", () => {
  const ROOT = join(__dirname, "../..");
  const files = execFileSync("git", ["ls-files", "*requirements*.txt"], { cwd: ROOT, encoding: "utf8" })
    .trim()
    .split("\n");

  test.each(files)("%s has the digests of every package's files", (file) => {
    const pins = readFileSync(join(ROOT, file), "utf8")
      .replace(/^#.*\n/gm, "")
      .replace(/\\\n/g, "")
      .trim()
      .split("\n");
    const unpinned = pins.filter((pin) => !/^[\w.-]+==\S+ ( *; [^-]+ )?( *--hash=sha256:[0-9a-f]{64})+ *$/.test(pin));
    expect(pins.length).toBeGreaterThan(0);
    expect(unpinned).toEqual([]);
  });

  test("pip is told to refuse anything else", async () => {
    const folder = mkdtempSync(join(tmpdir(), "pip-"));
    try {
      mkdirSync(join(folder, "bin"));
      writeFileSync(join(folder, "bin/python"), `#!/bin/sh\necho "$@" > ${folder}/asked\n`, { mode: 0o755 });
      await pipInstall(folder, join(ROOT, files[0]!), () => undefined);
      expect(readFileSync(join(folder, "asked"), "utf8")).toContain(" --require-hashes ");
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe("an installation", () => {
  let folder: string;
  const requirements = (): string => join(folder, "requirements.txt");
  /** An environment whose pip is a script. */
  function pip(script: string): void {
    mkdirSync(join(folder, "bin"));
    mkdirSync(join(folder, "lib/python3/site-packages/pip-23.2.dist-info"), { recursive: true });
    writeFileSync(join(folder, "bin/python"), `#!/bin/sh\n${script}\n`);
    chmodSync(join(folder, "bin/python"), 0o755);
    writeFileSync(requirements(), "# pinned\npyspark==3.5.9\nsix==1.17.0\n");
  }
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "pip-"))));
  afterEach(() => rmSync(folder, { recursive: true }));

  test("says what it is at and how far it has come, and leaves nothing temporary behind", async () => {
    // As the real one: the download grows in the temporary folder, the packages in site-packages.
    pip(`
      next() { for _ in $(seq 3000); do [ -e "$0.$1" ] && return; sleep 0.01; done; exit 1; }
      mkdir -p "$TMPDIR/pip-unpack"
      echo "Collecting pyspark==3.5.9"
      head -c 120000000 /dev/zero > "$TMPDIR/pip-unpack/pyspark-3.5.9.tar.gz"
      echo "  Downloading pyspark-3.5.9.tar.gz (317.9 MB)"
      next downloaded
      mkdir -p "$(dirname "$0")/../lib/python3/site-packages/six-1.17.0.dist-info"
      echo "Installing collected packages: six, pyspark"
      next installed`);
    const said: string[] = [];
    await pipInstall(folder, requirements(), (state) => {
      said.push(state);
      if (state.includes("MB): 120")) writeFileSync(join(folder, "bin/python.downloaded"), "");
      if (state.includes("1 done")) writeFileSync(join(folder, "bin/python.installed"), "");
    });
    expect(said).toContain("looking at pyspark 3.5.9 (1 of 2)");
    expect(said).toContain("downloading pyspark-3.5.9.tar.gz (317.9 MB): 120 MB");
    expect(said).toContain("installing 2 packages: 1 done");
    expect(existsSync(join(folder, "tmp"))).toBe(false);
  }, 60_000);

  test("that fails says what pip complained of", async () => {
    pip('echo "Collecting six==1.17.0"; echo "ERROR: No matching distribution found for six==1.17.0" >&2; exit 1');
    const failed = pipInstall(folder, requirements(), () => undefined);
    await expect(failed).rejects.toThrow("ERROR: No matching distribution found for six==1.17.0");
  });
});
