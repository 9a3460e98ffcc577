import { type Construct, Node } from "constructs";
import { type TerraformElement, TerraformOutput, TerraformStack, TerraformVariable, Token } from "cdktf";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { type AnyInput, snake, typeConstraint } from "../inputs";
import { variable } from "./variables";
import { raw } from "./expression";

/** AWS provider releases that the constructs and modules work with; which were run is in the README. */
export const AWS_PROVIDER_VERSION = ">= 5.100.0, < 7.0.0";
/** Lowest Terraform: cross-variable validation needs 1.9. */
export const TERRAFORM_VERSION = ">= 1.9";

/**
 * A stack whose addresses are the construct path joined by `_`, without cdktf's hashes, so that people can read and type
 * them. A construct with the id "Default" adds nothing. Two paths that would be one address are refused.
 */
export abstract class AddressedStack extends TerraformStack {
  private readonly taken = new Map<string, string>();

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.addOverride("terraform.required_version", TERRAFORM_VERSION);
    this.addOverride("terraform.required_providers.aws", { source: "hashicorp/aws", version: AWS_PROVIDER_VERSION });
  }

  protected override allocateLogicalId(element: TerraformElement | Node): string {
    const node = element instanceof Node ? element : element.node;
    const path = node.scopes.slice(this.node.scopes.length).map((construct) => construct.node.id);
    const id = path
      .filter((part) => part !== "Default")
      .join("_")
      .replace(/[^A-Za-z0-9_]/g, "_");
    const type =
      (element as { readonly terraformResourceType?: string }).terraformResourceType ?? element.constructor.name;
    const taken = this.taken.get(`${type}.${id}`);
    if (taken !== undefined && taken !== node.path) {
      throw new Error(`${node.path} and ${taken} would both have the address ${type}.${id}: rename one of them`);
    }
    this.taken.set(`${type}.${id}`, node.path);
    return id;
  }
}

/** The stack of a module: typed variables in, outputs out, neither provider nor backend. */
export class ModuleStack extends AddressedStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    // cdktf refuses to synthesize resources without a provider; toTerraform takes it out again.
    new AwsProvider(this, "aws");
  }

  /** Declares a module variable and returns the value that the construct's prop gets. */
  variable(name: string, input: AnyInput, description?: string): unknown {
    const declared = new TerraformVariable(this, snake(name), {
      type: typeConstraint(input),
      description,
      nullable: input.optional === true && input.default === undefined,
      ...(input.default !== undefined && { default: input.default }),
      ...(input.optional && input.default === undefined && { default: Token.nullValue() }),
    });
    return variable(input, raw(`var.${declared.friendlyUniqueId}`));
  }

  /** Declares all inputs of a construct as variables and returns its props. */
  variables<P>(declared: { readonly fields: object }): P {
    const entries = Object.entries(declared.fields as Record<string, AnyInput>);
    return Object.fromEntries(entries.map(([name, input]) => [name, this.variable(name, input)])) as P;
  }

  output(name: string, value: unknown, description?: string): void {
    const output = new TerraformOutput(this, `output_${name}`, { value: value ?? Token.nullValue(), description });
    output.overrideLogicalId(snake(name)); // a variable may have the same name
  }

  override toTerraform(): object {
    const module = super.toTerraform();
    delete module.provider;
    delete module.terraform.backend;
    return module;
  }
}

/** The module that a construct is hosted by, or undefined in an environment. */
export function hostingModule(scope: Construct): string | undefined {
  const stack = TerraformStack.of(scope);
  return stack instanceof ModuleStack ? stack.node.id : undefined;
}
