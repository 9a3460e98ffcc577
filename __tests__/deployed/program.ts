import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { DataZoneClient } from "@aws-sdk/client-datazone";
import type { World } from "../../commands/program/world";
import { ran } from "../commands/run";
import { worldIn } from "../commands/studio-clients";
import type { Deployed } from "./context";

/** The one account of the sandbox. */
const ACCOUNT = "123456789012";

interface Matrix {
  readonly rows: readonly {
    readonly scope: string;
    readonly cells: readonly ({ readonly permissions: object } | null)[];
  }[];
}

/** What the program reads of a state as Terraform itself shows it, beside what it reads of AWS by the SDK. */
export function program(deployed: () => Deployed): void {
  let state: string;
  let world: Partial<World>;

  beforeAll(async () => {
    const { sandbox, deployment } = deployed();
    const { code, output } = await deployment.terraform("show", "-json");
    expect(code).toBe(0);
    state = path.join(fs.mkdtempSync(path.join(os.tmpdir(), "shown-")), "state.json");
    fs.writeFileSync(state, output);
    const { endpoint, region } = sandbox;
    const { s3, studio } = worldIn(sandbox, () => Promise.reject(new Error())).connect(region);
    const credentials = { accessKeyId: "test", secretAccessKey: "test" };
    world = {
      account: () => Promise.resolve({ id: ACCOUNT, region, s3, studio }),
      dataZone: () => Promise.resolve(new DataZoneClient({ endpoint, region, credentials })),
    };
  });
  afterAll(() => fs.rmSync(path.dirname(state), { recursive: true, force: true }));

  const json = async <T>(...args: string[]): Promise<T> => {
    const { out, error } = await ran([...args, "--json"], world);
    if (error !== "") throw new Error(error);
    return JSON.parse(out.join("\n")) as T;
  };

  test("nothing drifts from the state of what was just applied", async () => {
    expect(await json("access", "drift", state)).toMatchObject({ drifts: [] });
  });

  test("a state and AWS say the same of who reaches which prefix", async () => {
    const reached = ({ rows }: Matrix) =>
      rows.map(({ scope, cells }) => [scope, cells.flatMap((cell) => (cell ? [cell.permissions] : []))]);
    const ofState = reached(await json<Matrix>("access", "matrix", state));
    expect(ofState.length).toBeGreaterThan(2);
    expect(ofState).toEqual(reached(await json<Matrix>("access", "matrix")));
  });

  test("each approver's policies are found in a state, valid", async () => {
    const { err } = await ran(["policy", "check", state], world);
    const approvers = /has several approvers: give one of (.*)/.exec(err)![1]!.split(", ");
    expect(approvers).toHaveLength(2);
    const checked = await json<readonly object[]>("policy", "check", ...approvers);
    const one = { digest: expect.stringMatching(/^[0-9a-f]{64}$/) as string, policies: expect.any(Array) as string[] };
    expect(checked).toMatchObject([one, one]);
  });
}
