import { type AnyInput, checkProps, relationsOf, snake } from "../inputs";
import { block, type Blocks, type Body, tokensOf } from "./hcl/block";
import { group } from "./hcl/groups";
import { flat } from "./hcl/layout";
import { Samples, terraform } from "./samples";
import { inputsOf, type SynthesizedModule } from "./synthesize";

/** Answers of a provider without AWS, for arguments that do not take just any text. */
const ANSWERS = {
  aws_caller_identity: { account_id: "123456789012" },
  aws_iam_policy_document: { json: "{}" },
  aws_partition: { partition: "aws", dns_suffix: "amazonaws.com" },
  aws_region: { id: "us-east-1", name: "us-east-1" },
};
const answers = Object.entries(ANSWERS).map(([type, defaults]) => [`mock_data "${type}"`, [{ defaults }]]);
const MOCK = block(
  'mock_provider "aws"',
  Object.fromEntries(answers) as Body,
  Object.fromEntries(answers.map(([type]) => [type, {}])) as Blocks,
);

/**
 * `terraform test` runs that hit every validation: each plans with one invalid input and expects a refusal. The first
 * run shows that valid inputs are accepted.
 */
export function validationTests({ definition }: SynthesizedModule): string {
  const samples = new Samples(definition.samples);
  const inputs = inputsOf(definition);
  const required = inputs.filter(([, { optional, default: value }]) => !optional && value === undefined);
  const right = Object.fromEntries(required.map(([prop, input]) => [snake(prop), samples.valid(prop, input)]));
  const runs = inputs
    .flatMap(([prop, input]) => samples.broken(prop, input))
    .map(({ prop, says, value }) => ({ prop, says, variables: { [snake(prop)]: compact(value) } }))
    .concat(
      relationsOf(definition.inputs).map((relation) => ({
        prop: relation.about,
        says: `${relation.about}: ${relation.says}`,
        variables: compact(terraform(definition.inputs, relation.broken)) as Body,
      })),
    )
    .map(({ prop, says, variables }, i): string => {
      const body: Body = {
        command: "${plan}",
        variables: [{ ...right, ...variables }],
        expect_failures: [`\${var.${snake(prop)}}`],
      };
      return `# ${says}\n${block(`run "refuses_${snake(prop)}_${i + 1}"`, body, { variables: {} })}`;
    });
  // All inputs, except those that must not be given beside another.
  const all = Object.fromEntries(inputs.map(([prop, input]) => [prop, samples.prop(prop, input)]));
  const { problems } = checkProps<AnyInput>(definition.inputs, all as never);
  const accepted = inputs
    .filter(([prop]) => !problems.some((problem) => /^\w+/.exec(problem)![0] === prop))
    .map(([prop, input]) => [snake(prop), samples.valid(prop, input)]);
  const accepts = block(
    'run "accepts_what_is_right"',
    { command: "${plan}", variables: [Object.fromEntries(accepted)] },
    { variables: {} },
  );
  const title = "# Every validation of the variables, hit by an input that it must refuse. No AWS account is needed.";
  return `${[title, MOCK, accepts, ...runs].join("\n\n")}\n`;
}

/** Writes long texts and large maps as expressions that make them. */
function compact(value: unknown): unknown {
  if (typeof value === "string") {
    return /^0{100,}$/.test(value) ? `\${format("%0${value.length}d", 0)}` : value;
  }
  if (Array.isArray(value)) return value.map(compact);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value);
  if (entries.length > 50) {
    const entry = flat(group(tokensOf(entries[0]![1])));
    // Terraform's range ends at 1,024.
    if (entries.length > 1024) {
      const thousands = `setproduct(range(${Math.ceil(entries.length / 1000)}), range(1000))`;
      return `\${{ for i in ${thousands} : "example-\${i[0]}-\${i[1]}" => ${entry} }}`;
    }
    return `\${{ for i in range(${entries.length}) : "example-\${i}" => ${entry} }}`;
  }
  return Object.fromEntries(entries.map(([key, item]) => [key, compact(item)]));
}
