import { startSandbox } from "../../sandbox";
import { accessGrants } from "../../sandbox/access-grants";
import { s3 } from "../../sandbox/s3";
import { pytest } from "./pytest";

test("the job in a local Spark, against the same in plain Python", async () => {
  const { PATH, HOME, TMPDIR } = process.env;
  for (const tests of ["spark_preprocess.py", "spark_preprocess_access.py"]) {
    expect(await pytest(tests, { PATH, HOME, TMPDIR })).toMatch(/^\d+ passed in/m);
  }
}, 300_000);

test("the job through Hadoop's S3 client, against the sandbox", async () => {
  const sandbox = await startSandbox({ services: [accessGrants, s3] });
  try {
    expect(await pytest("spark_s3a.py", sandbox.env)).toMatch(/^\d+ passed in/m);
  } finally {
    await sandbox.stop();
  }
}, 900_000);

test("credentials that end while the job runs are renewed", async () => {
  const sandbox = await startSandbox({ services: [accessGrants, s3], behindSeconds: 880 });
  try {
    expect(await pytest("spark_renewal.py", sandbox.env)).toMatch(/^1 passed in/m);
  } finally {
    await sandbox.stop();
  }
}, 900_000);
