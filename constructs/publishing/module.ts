import type { Construct } from "constructs";
import type { Input } from "../inputs";

/** A resource that has a new address: a `moved` block takes over what consumers have in their state. */
export interface Move {
  /** Address in earlier releases, as it stood in the module: `aws_sns_topic.main`. */
  readonly from: string;
  /** Address now. */
  readonly to: string;
}

/** A finding of the scanner checkov that stays, and why. */
export interface Accepted {
  /** Id of the check: `CKV_AWS_116`. */
  readonly check: string;
  /** Address in the module: `aws_lambda_function.function`, `data.aws_iam_policy_document.policy`. */
  readonly at: string;
  /** A sentence that a reviewer of the module accepts, without its full stop. */
  readonly why: string;
}

/** The parts of a module's README that nothing else knows. Everything else in it is generated. */
export interface ModuleReadme {
  /** What the module is and when to use it (and when not): one to three paragraphs of Markdown. */
  readonly about: string;
  /** A Mermaid diagram, without its fence, where a picture says more. */
  readonly picture?: string;
  /** The security defaults that it promises, one sentence each. Each has a test on the construct. */
  readonly promises: readonly string[];
  /** IAM actions that the deployer needs, and what each is for. */
  readonly permissions: ReadonlyArray<{ readonly actions: readonly string[]; readonly purpose: string }>;
  /** What an operator has to know: limits of the services, waiting times, what destroy does. Markdown list items. */
  readonly notes?: readonly string[];
  /** What to do on an upgrade, latest release first. Empty: nothing has ever had to be done. */
  readonly upgrading?: ReadonlyArray<{ readonly release: string; readonly note: string }>;
}

/**
 * How a construct becomes the Terraform module `modules/<name>`.
 *
 * Descriptions are doc comments in `constructs/<name>/`: of the variables those of the inputs, the constant `<name>Inputs`; of the outputs
 * those of the attributes, the public fields of the class `<Name>`.
 */
export interface ModuleDefinition<P = never> {
  /** The module's folder, the construct's folder. */
  readonly name: string;
  /** One sentence, without a full stop. */
  readonly summary: string;
  /** The construct's inputs: each becomes a variable. */
  readonly inputs: Input<P, unknown> & { readonly fields: object };
  /** The construct: each of its attributes becomes an output. */
  readonly construct: new (scope: Construct, id: string, props: P) => Construct;
  /**
   * The attributes that are published constructs themselves ("parts"), each with the prefix that its outputs get in
   * this module. All outputs of a part are passed on, except those in `keptInside`.
   */
  readonly parts?: Readonly<Record<string, string>>;
  /** Outputs of parts that are not passed on, as `<part>.<attribute>`, and why. */
  readonly keptInside?: Readonly<Record<string, string>>;
  readonly readme: ModuleReadme;
  /** The function whose bundle lies in this module: the construct calls `bundle(this, <function>)`. */
  readonly bundle?: string;
  /** Findings of checkov that stay: comments in the configuration and a table in the README say why. A test holds that there are no others. */
  readonly accepted?: readonly Accepted[];
  readonly moved?: readonly Move[];
  /** Addresses of the last release that went without a successor, and why: an apply destroys what is there. */
  readonly removed?: ReadonlyArray<{ readonly address: string; readonly why: string }>;
  /**
   * Further values for the tests of the validations, by the prop's path (`locations.scope`), valid ones first. Needed
   * only where none of the usual values (samples.ts) keeps or breaks a rule.
   */
  readonly samples?: Readonly<Record<string, readonly unknown[]>>;
}

/** Declares a module; the default export of `constructs/<name>/<name>.module.ts`. */
export const defineModule = <P>(definition: ModuleDefinition<P>): ModuleDefinition<P> => definition;
