import { spawn } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { Readable } from "node:stream";
import { crc32 } from "node:zlib";
import { buildFunction } from "../functions/build";
import { pythonEnv } from "../scripts/python-env";

const USAGE = `The dataset loader on a large object: wall time and peak memory of its bundle, beside a boto3 script that does the same the
plain way (one streamed upload a prefix), from and to the same S3 on loopback, in turn.

  npx tsx benchmarks/dataset-loader.ts [GiB, default 1] [rounds, default 3]

The S3 is a stand-in that counts bytes, and computes the checksum of what it copies itself: figures are ratios for this machine, not
what AWS delivers.`;

const MIB = 1 << 20;
const PREFIXES = ["Product/", "UserA/", "UserB/"];
const BLOCK = randomBytes(MIB);

/** S3 as both clients use it: one source of `size` bytes, targets whose bytes are counted and thrown away. */
class Sink {
  readonly written = new Map<string, number>();
  private readonly metadata = new Map<string, string>();
  private readonly uploads = new Map<string, number>();
  private readonly server: Server = createServer((request, response) => void this.answer(request, response));

  /** Of the source, known before anything is measured. */
  private readonly checksum: string;

  constructor(private readonly size: number) {
    this.checksum = checksumOf(size);
  }

  async start(): Promise<string> {
    await new Promise<void>((done) => this.server.listen(0, "127.0.0.1", done));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  stop(): void {
    this.server.close();
    this.server.closeAllConnections();
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? "/", "http://sink");
    let bytes = 0;
    await new Promise((done) => {
      request.on("data", (chunk: Buffer) => (bytes += chunk.byteLength)).on("end", done);
    });
    const upload = searchParams.get("uploadId") ?? "";
    const copied = request.headers["x-amz-copy-source"];
    if (copied !== undefined) {
      const range = /(\d+)-(\d+)/.exec(String(request.headers["x-amz-copy-source-range"] ?? ""));
      const count = range ? Number(range[2]) - Number(range[1]) + 1 : this.size;
      if (range) {
        this.uploads.set(upload, (this.uploads.get(upload) ?? 0) + count);
        response.end('<R><ETag>"part"</ETag></R>');
      } else {
        this.written.set(pathname, count);
        this.metadata.set(pathname, this.metadata.get(`/${String(copied)}`) ?? "");
        response.end(`<R><ETag>"x"</ETag><ChecksumCRC32>${this.checksum}</ChecksumCRC32></R>`);
      }
    } else if (request.method === "GET") {
      response.writeHead(200, { "content-length": this.size, etag: '"source"' });
      Readable.from(blocks(this.size)).pipe(response);
    } else if (request.method === "HEAD") {
      const size = this.written.get(pathname);
      const found = {
        "content-length": size ?? 0,
        etag: '"x"',
        "x-amz-meta-sha256": this.metadata.get(pathname) ?? "",
      };
      response.writeHead(size === undefined ? 404 : 200, found).end();
    } else if (request.method === "PUT") {
      this.uploads.set(
        upload,
        (this.uploads.get(upload) ?? 0) + Number(request.headers["x-amz-decoded-content-length"] ?? bytes),
      );
      response.writeHead(200, { etag: '"part"' }).end();
    } else if (searchParams.has("uploads")) {
      this.metadata.set(pathname, String(request.headers["x-amz-meta-sha256"] ?? ""));
      response.end(`<R><UploadId>${pathname}</UploadId></R>`);
    } else {
      this.written.set(pathname, this.uploads.get(upload) ?? 0);
      this.uploads.delete(upload);
      response.end('<R><ETag>"x"</ETag></R>');
    }
  }
}

function* blocks(size: number): Generator<Buffer> {
  for (let left = size; left > 0; left -= MIB) yield left >= MIB ? BLOCK : BLOCK.subarray(0, left);
}

/** What S3 computes of what it copies. */
function checksumOf(size: number): string {
  let crc = 0;
  for (const block of blocks(size)) crc = crc32(block, crc);
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(crc);
  return bytes.toString("base64");
}

interface Measured {
  readonly seconds: number;
  /** User and system time of the client alone: unlike wall time, it does not depend on what else the machine does. */
  readonly cpuSeconds: number;
  readonly peakMiB: number;
}

/** Runs a process that prints its own peak memory, in KiB, and CPU time, in seconds, as its last line. */
async function measure(command: string, args: string[], size: number, dataset?: object): Promise<Measured> {
  const sink = new Sink(size);
  const endpoint = await sink.start();
  const keys = {
    AWS_ACCESS_KEY_ID: "test",
    AWS_SECRET_ACCESS_KEY: "test",
    AWS_REGION: "us-east-1",
    AWS_DEFAULT_REGION: "us-east-1",
  };
  const env = {
    PATH: process.env.PATH,
    NODE_NO_WARNINGS: "1",
    AWS_ENDPOINT_URL: endpoint,
    DATASET: JSON.stringify(dataset),
    ...keys,
  };
  try {
    const started = process.hrtime.bigint();
    const child = spawn(command, args, { env, stdio: ["ignore", "pipe", "inherit"] });
    let output = "";
    child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
    const code = await new Promise<number | null>((done) => child.on("close", done));
    const seconds = Number(process.hrtime.bigint() - started) / 1e9;
    if (code !== 0) throw new Error(`${command} ended with ${code}: ${output}`);
    const wrong = PREFIXES.filter((prefix) => sink.written.get(`/data/${prefix}set.csv`) !== size);
    if (wrong.length > 0) throw new Error(`${command} did not write all of ${wrong.join(", ")}`);
    const [kib = 0, cpuSeconds = 0] = output.trim().split("\n").at(-1)?.split(" ").map(Number) ?? [];
    return { seconds, cpuSeconds, peakMiB: kib / 1024 };
  } finally {
    sink.stop();
  }
}

const LOADER = `
const { handler } = require(process.argv[2]);
const invokedFunctionArn = "arn:aws:lambda:us-east-1:123456789012:function:loader";
handler({}, { getRemainingTimeInMillis: () => 900_000, invokedFunctionArn })
  .then(() => {
    const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
    console.log("\\n" + maxRSS + " " + (userCPUTime + systemCPUTime) / 1e6);
  });
`;

const PLAIN = `
import resource, sys, boto3
s3 = boto3.client("s3")
for prefix in sys.argv[1:]:
    s3.upload_fileobj(s3.get_object(Bucket="source", Key="set.csv")["Body"], "data", prefix + "set.csv")
used = resource.getrusage(resource.RUSAGE_SELF)
print(used.ru_maxrss, used.ru_utime + used.ru_stime)
`;

async function main(): Promise<void> {
  if (process.argv.includes("--help")) return console.log(USAGE);
  const root = resolve(__dirname, "..");
  const folder = mkdtempSync(join(tmpdir(), "dataset-loader-"));
  try {
    await buildFunction("dataset-loader", root, folder);
    writeFileSync(join(folder, "loader.cjs"), LOADER);
    writeFileSync(join(folder, "plain.py"), PLAIN);
    const { python } = await pythonEnv();
    const bundle = join(folder, "dataset-loader", "index.js");

    const loader = (size: number) => {
      const hash = createHash("sha256");
      for (const block of blocks(size)) hash.update(block);
      const source = { s3: { bucket: "source", key: "set.csv" } };
      const dataset = { source, bucket: "data", prefixes: PREFIXES, sha256: hash.digest("hex") };
      return measure("node", [join(folder, "loader.cjs"), bundle], size, dataset);
    };
    const show = (what: string, size: number, { seconds, cpuSeconds, peakMiB }: Measured) => {
      const rate = ((size / MIB) * PREFIXES.length) / seconds;
      const share = (peakMiB * MIB) / size;
      const columns = [
        `${(size / MIB).toFixed(0)} MiB`,
        `${seconds.toFixed(1)} s`,
        `${rate.toFixed(0)} MiB/s written`,
        `${cpuSeconds.toFixed(1)} s CPU`,
      ];
      console.log(
        [what.padEnd(38), ...columns, `peak ${peakMiB.toFixed(0)} MiB`, `${share.toFixed(3)} of the object`].join(
          " | ",
        ),
      );
    };

    const size = Number(process.argv[2] ?? 1) * 1024 * MIB;
    const rounds = Number(process.argv[3] ?? 3);
    show("loader", 64 * MIB, await loader(64 * MIB));
    const ratios: Array<{ readonly wall: number; readonly cpu: number }> = [];
    for (let round = 1; round <= rounds; round++) {
      const ours = await loader(size);
      show(`${round}. loader: verified, copied by S3`, size, ours);
      const plain = await measure(python, [join(folder, "plain.py"), ...PREFIXES], size);
      show(`${round}. boto3: an upload a prefix, unverified`, size, plain);
      ratios.push({ wall: ours.seconds / plain.seconds, cpu: ours.cpuSeconds / plain.cpuSeconds });
    }
    console.log(`wall time, loader : boto3 = ${ratios.map(({ wall }) => wall.toFixed(2)).join(", ")}`);
    console.log(`CPU time, loader : boto3 = ${ratios.map(({ cpu }) => cpu.toFixed(2)).join(", ")}`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
