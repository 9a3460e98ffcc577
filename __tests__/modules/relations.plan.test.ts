import * as fs from "node:fs";
import * as path from "node:path";
import fc from "fast-check";
import { accessGrantsInputs } from "../../constructs/access-grants/access-grants";
import { type AnyInput, checkProps, type Relation, relationsOf, snake } from "../../constructs/inputs";
import { studioDomainInputs } from "../../constructs/studio-domain/props";
import { studioNetworkInputs } from "../../constructs/studio-network/props";
import { succeed } from "../support/terraform";
import { temporary } from "./support/examples";

/** Props of a construct, of which some break a rule between them and some do not. */
interface Drawn {
  readonly inputs: AnyInput;
  readonly props: fc.Arbitrary<object>;
}

const name = fc.integer({ min: 1, max: 40 }).map((length) => "n".repeat(length));
const cidr = fc.tuple(fc.integer({ min: 16, max: 24 }), fc.nat({ max: 4096 })).map(([bits, n]) => {
  const size = 2 ** (32 - bits);
  const first = 10 * 2 ** 24 + ((n * size) % 2 ** 18);
  return `${[24, 16, 8, 0].map((shift) => Math.floor(first / 2 ** shift) % 256).join(".")}/${bits}`;
});
const zone = fc.constantFrom("us-east-1a", "us-east-1b", "us-east-1c");
const zones = <T>(of: fc.Arbitrary<T>, minKeys = 0) =>
  fc.dictionary(zone, of, { minKeys, maxKeys: 2, noNullPrototype: true });
const key = (...longer: string[]) => fc.constantFrom("a", "A", "b", "data", ...longer);
const role = { arn: "arn:aws:iam::123456789012:role/example" };

const DRAWN: Readonly<Record<string, Drawn>> = {
  network: {
    inputs: studioNetworkInputs,
    props: fc.record({
      name,
      vpcCidr: fc.constantFrom("10.0.0.0/16", "10.0.0.0/17", "10.1.0.0/16"),
      privateSubnets: zones(cidr, 1),
      publicSubnets: zones(cidr),
      natGateways: zones(fc.constant({})),
      studioEndpoints: fc.constantFrom({}, undefined),
      interfaceEndpoints: fc.constantFrom({}, { sts: { service: "sts" } }, { api: { service: "sagemaker.api" } }),
    }),
  },
  domain: {
    inputs: studioDomainInputs,
    props: fc.record(
      {
        name,
        rolePrefix: fc.constantFrom("r", "r".repeat(27)),
        authMode: fc.constantFrom("IAM", "SSO"),
        network: fc.constant({ vpcId: "vpc-1", subnetIds: ["subnet-1"], securityGroupIds: ["sg-1"] }),
        profiles: fc.dictionary(
          key("p".repeat(31), "q".repeat(25)),
          fc.record({ role: fc.constant(role), singleSignOn: fc.constant({ userName: "x" }) }, { requiredKeys: [] }),
          { maxKeys: 3, noNullPrototype: true },
        ),
      },
      { requiredKeys: ["name", "network", "profiles"] },
    ),
  },
  access: {
    inputs: accessGrantsInputs,
    props: fc.record(
      {
        name,
        existingInstance: fc.constant({ arn: "arn:aws:s3:us-east-1:123456789012:access-grants/default" }),
        crossAccount: fc.constant({ principalArns: ["arn:aws:iam::210987654321:root"] }),
        identityCenter: fc.constant({ arn: "arn:aws:sso:::instance/ssoins-1" }),
        locations: fc.dictionary(
          key("l".repeat(40)),
          fc.record(
            {
              scope: fc.constantFrom("s3://", "s3://bucket", "s3://bucket/", "s3://bucket/x/", "s3://other"),
              permission: fc.constantFrom("READ", "READWRITE"),
              role: fc.constant(role),
            },
            { requiredKeys: ["scope"] },
          ),
          { maxKeys: 3, noNullPrototype: true },
        ),
        existingLocations: fc.dictionary(
          fc.constantFrom("a", "old"),
          fc.record({ id: fc.constant("default"), scope: fc.constantFrom("s3://", "s3://bucket", "s3://old") }),
          { maxKeys: 1, noNullPrototype: true },
        ),
        personas: fc.dictionary(
          fc.constantFrom("one", "two", "three"),
          fc.record({
            grantee: fc.constantFrom(
              { type: "IAM", id: role.arn },
              { type: "DIRECTORY_GROUP", id: "0123abcd-4567-89ab-cdef-0123456789ab" },
            ),
            grants: fc.dictionary(
              fc.constantFrom("g", "h"),
              fc.record({
                location: key("old"),
                subPrefix: fc.constantFrom("x/*", "*", "bucket/x/*"),
                permission: fc.constantFrom("READ", "WRITE"),
              }),
              { maxKeys: 2, noNullPrototype: true },
            ),
          }),
          { maxKeys: 3, noNullPrototype: true },
        ),
      },
      { requiredKeys: ["name", "locations", "personas"] },
    ),
  },
};

/** A value as a variable of the type has it: every field is there, and null where nothing is given. */
function filled(input: AnyInput, value: unknown): unknown {
  if (value === undefined) return null;
  const entries = (of: (key: string) => AnyInput, named: (key: string) => string, keys: readonly string[]): object =>
    Object.fromEntries(keys.map((k) => [named(k), filled(of(k), (value as Record<string, unknown>)[k])]));
  if (input.kind === "map")
    return entries(
      () => input.of!,
      (k) => k,
      Object.keys(value as object),
    );
  if (input.kind === "object") return entries((k) => input.fields![k]!, snake, Object.keys(input.fields!));
  return value;
}

test.each(Object.entries(DRAWN))(
  "%s: a rule between props says the same at synth and in HCL",
  async (_id, { inputs, props }) => {
    const relations: ReadonlyArray<Relation<unknown>> = relationsOf(inputs);
    const right = fc.sample(props, { numRuns: 600, seed: 10 }).flatMap((drawn) => {
      const { value, problems } = checkProps<AnyInput>({ ...inputs, rules: [] }, drawn as never);
      return problems.length === 0 ? [value as object] : [];
    });
    const folder = temporary();
    try {
      // Through a variable's type, because a literal list would have to be of one type.
      const said = Object.fromEntries(
        relations.map((relation, i) => [
          `said_${i}`,
          { value: `\${[for props in local.drawn : ${relation.condition("props")}]}` },
        ]),
      );
      const drawn = { drawn: right.map((value) => filled(inputs, value)) };
      fs.writeFileSync(path.join(folder, "main.tf.json"), JSON.stringify({ locals: drawn, output: said }));
      await succeed(folder, "init");
      await succeed(folder, "plan", "-out=plan");
      const shown = JSON.parse(await succeed(folder, "show", "-json", "plan")) as {
        planned_values: { outputs: Record<string, { value: boolean[] }> };
      };
      for (const [i, relation] of relations.entries()) {
        const atSynth = right.map((props) => relation.holds(props));
        const inHcl = shown.planned_values.outputs[`said_${i}`]!.value;
        const differently = right.filter((_props, n) => atSynth[n] !== inHcl[n]);
        expect([relation.says, differently]).toEqual([relation.says, []]);
        expect(new Set(atSynth).size).toBe(2); // both were drawn
      }
    } finally {
      fs.rmSync(folder, { recursive: true });
    }
  },
  120_000,
);
