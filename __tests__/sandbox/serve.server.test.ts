import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { text } from "node:stream/consumers";
import { until } from "./gateway-clients";

// npm run sandbox

jest.setTimeout(30_000);

const root = resolve(__dirname, "../..");
const serve = async (...options: string[]) => {
  const server = spawn(process.execPath, ["--import", "tsx", "sandbox/serve.ts", ...options], { cwd: root });
  const lines: string[] = [];
  createInterface({ input: server.stdout }).on("line", (line) => lines.push(line));
  const endpoint = await until(
    "the endpoint",
    () => lines.map((line) => /AWS_ENDPOINT_URL='(.*)'/.exec(line)?.[1]).find((found) => found !== undefined),
    25,
  );
  return { server, endpoint, lines, exported: join(root, ".sandbox", `${new URL(endpoint).port}.sh`) };
};
/** A run that ends by itself. */
const ended = async (...options: string[]) => {
  const server = spawn(process.execPath, ["--import", "tsx", "sandbox/serve.ts", ...options], { cwd: root });
  let said = "";
  for (const stream of [server.stdout, server.stderr]) stream.on("data", (data: Buffer) => (said += data.toString()));
  const [code] = (await once(server, "close")) as [number];
  return { code, said };
};
const isGone = (endpoint: string) =>
  fetch(endpoint).then(
    () => undefined,
    () => true as const,
  );

test("says how it is used", async () => {
  const { code, said } = await ended("--help");
  expect(code).toBe(0);
  for (const option of ["--port N", "--with-parent", "--help"]) expect(said).toContain(`  ${option} `);
});

test.each([
  [["--port", "http"], /--port is "http": give a number from 0 \(any free port\) to 65535/],
  [["--prot", "1"], /Unknown option '--prot'/],
])("says what is wrong with %j", async (options, message) => {
  const { code, said } = await ended(...options);
  expect(code).toBe(1);
  expect(said).toMatch(message);
  expect(said).toContain("npm run sandbox -- --help");
});

test("prints what clients need, and ends with its parent", async () => {
  const { server, endpoint, lines, exported } = await serve("--with-parent");
  expect(await (await fetch(`${endpoint}/_sandbox/health`)).json()).toMatchObject({ status: "ok" });
  expect(lines.join("\n")).toMatch(/export AWS_ACCESS_KEY_ID='test'/);
  server.stdin.end();
  await once(server, "exit");
  expect(await isGone(endpoint)).toBe(true);
  expect(existsSync(exported)).toBe(false);
});

test("what it prints can be sourced, in a shell that has settings of its own, from the file too", async () => {
  const { server, endpoint, lines, exported } = await serve("--with-parent");
  const folder = mkdtempSync(join(tmpdir(), "serve-"));
  try {
    const printed = join(folder, "exports.sh");
    writeFileSync(printed, `${lines.join("\n")}\n`);
    for (const file of [printed, exported]) {
      const own = {
        PATH: process.env["PATH"],
        AWS_PROFILE: "production",
        AWS_SESSION_TOKEN: "real",
        AWS_PAGER: "less",
      };
      const script = '. "$0" && echo "$AWS_ENDPOINT_URL" && aws sts get-caller-identity --query Account --output text';
      const shell = spawn("sh", ["-eu", "-c", script, file], { env: own });
      expect(await text(shell.stdout)).toBe(`${endpoint}\n123456789012\n`);
    }
  } finally {
    rmSync(folder, { recursive: true });
    server.stdin.end();
    await once(server, "exit");
  }
});

test("takes moto with it even when it is killed", async () => {
  const { server, endpoint } = await serve();
  const motos = async () => {
    const ps = spawn("ps", ["-o", "pid=", "--ppid", String(server.pid)]);
    const pids: string[] = [];
    createInterface({ input: ps.stdout }).on("line", (line) => pids.push(line.trim()));
    await once(ps, "close");
    return pids;
  };
  const children = await motos();
  expect(children.length).toBeGreaterThan(0);
  server.kill("SIGKILL");
  await once(server, "exit");
  const isRunning = (pid: string) => {
    try {
      return process.kill(Number(pid), 0);
    } catch {
      return false;
    }
  };
  await until("moto's end", () => (children.some(isRunning) ? undefined : true));
  expect(await isGone(endpoint)).toBe(true);
});
