import type { DataZoneClient } from "@aws-sdk/client-datazone";
import { processWorld } from "../../commands/program/world";
import { FakeAws, awsError } from "../functions/approver/fake";
import { ran, results } from "./run";

const TERMS = "SubscriptionTermsForm";
const forms = (approvalRequired?: string) => [
  { formName: "Glue", typeName: "amazon.datazone.GlueTableFormType", typeRevision: "7", content: '{"table":"t"}' },
  { formName: "Classification", typeName: "Classification", typeRevision: "2", content: '{"level":"public"}' },
  ...(approvalRequired
    ? [
        {
          formName: TERMS,
          typeName: "amazon.datazone.SubscriptionTermsFormType",
          typeRevision: "3",
          content: JSON.stringify({ approvalRequired, note: "kept" }),
        },
      ]
    : []),
];

function catalog(change: object = {}, listedRevision = "5"): FakeAws {
  const current = {
    id: "asset1",
    name: "Orders",
    description: "All orders",
    revision: "5",
    typeRevision: "9",
    glossaryTerms: ["t1", "t2"],
    governedGlossaryTerms: ["g1"],
    listing: { listingId: "listing1", listingStatus: "ACTIVE" },
    formsOutput: forms(),
    readOnlyFormsOutput: [{ formName: "ReadOnly", content: "{}" }],
    ...change,
  };
  return new FakeAws()
    .on("GetAsset", () => current)
    .on("GetListing", () => ({ item: { assetListing: { assetRevision: listedRevision } } }))
    .on("CreateAssetRevision", ({ formsInput, ...given }) => ({
      ...given,
      governedGlossaryTerms: ["g1"],
      revision: "6",
      formsOutput: formsInput,
    }))
    .on("CreateListingChangeSet", () => ({ listingId: "listing1", listingRevision: "12", status: "CREATING" }));
}

const of = (aws: FakeAws) => ({ dataZone: () => Promise.resolve(aws as unknown as DataZoneClient) });

const run = (aws: FakeAws, ...args: string[]) =>
  results(["asset", "approval", ...args, "--domain", "dzd_abc", "--asset", "asset1"], of(aws));

describe("approval off", () => {
  it("makes a revision with the switch and everything else as it was, and publishes that revision", async () => {
    const aws = catalog();
    expect(await run(aws, "off")).toEqual([
      "Revision 6 of Orders (asset1) made, with approval off.",
      "Published as listing revision 12 (CREATING).",
    ]);
    expect(aws.inputs("CreateAssetRevision")).toEqual([
      {
        domainIdentifier: "dzd_abc",
        identifier: "asset1",
        name: "Orders",
        description: "All orders",
        glossaryTerms: ["t1", "t2"],
        typeRevision: "9",
        formsInput: [
          {
            formName: "Glue",
            typeIdentifier: "amazon.datazone.GlueTableFormType",
            typeRevision: "7",
            content: '{"table":"t"}',
          },
          {
            formName: "Classification",
            typeIdentifier: "Classification",
            typeRevision: "2",
            content: '{"level":"public"}',
          },
          {
            formName: TERMS,
            typeIdentifier: "amazon.datazone.SubscriptionTermsFormType",
            content: '{"approvalRequired":"NO"}',
          },
        ],
      },
    ]);
    expect(aws.inputs("CreateListingChangeSet")[0]).toEqual({
      domainIdentifier: "dzd_abc",
      entityIdentifier: "asset1",
      entityType: "ASSET",
      entityRevision: "6",
      action: "PUBLISH",
    });
  });

  it("as a dry run changes nothing", async () => {
    const aws = catalog();
    expect(await run(aws, "off", "--dry-run")).toEqual([
      expect.stringMatching(/^Would switch approval off for Orders/),
    ]);
    expect(aws.names()).toEqual(["GetAsset", "GetListing"]);
  });

  it("that it is already does nothing", async () => {
    const aws = catalog({ formsOutput: forms("NO") });
    expect(await run(aws, "off")).toEqual([expect.stringMatching(/off already .*nothing to do/)]);
    expect(aws.names()).toEqual(["GetAsset"]);
  });
});

describe("the form with the switch is known by its type", () => {
  const TYPE = "amazon.datazone.SubscriptionTermsFormType";
  const form = (formName: string, approvalRequired: string, typeName = TYPE) => ({
    formName,
    typeName,
    typeRevision: "3",
    content: JSON.stringify({ approvalRequired, from: formName }),
  });
  /** The forms of that type, or of that name, in the revision that was made. */
  const made = (aws: FakeAws) =>
    (
      aws.inputs("CreateAssetRevision")[0]?.["formsInput"] as {
        formName: string;
        typeIdentifier: string;
        content: string;
      }[]
    )
      .filter(({ formName, typeIdentifier }) => typeIdentifier === TYPE || formName === TERMS)
      .map(({ formName, content }) => [formName, JSON.parse(content)]);

  it("whatever its name is", async () => {
    const own = catalog({ formsOutput: [...forms(), form("SubscriptionTerms", "YES")] });
    await run(own, "off");
    expect(made(own)).toEqual([["SubscriptionTerms", { approvalRequired: "NO", from: "SubscriptionTerms" }]]);
    const off = catalog({ formsOutput: [form("Anything", "NO")] });
    expect(await run(off, "show")).toEqual([expect.stringMatching(/^Approval is off/)]);
    expect(await run(off, "off")).toEqual([expect.stringMatching(/nothing to do/)]);
  });

  it.each([
    [[form(TERMS, "NO"), form("SubscriptionTerms", "YES")]],
    [[form("SubscriptionTerms", "YES"), form(TERMS, "NO")]],
  ])("and of two one is left, the author's", async (formsOutput) => {
    for (const wanted of ["on", "off"]) {
      const aws = catalog({ formsOutput });
      expect(await run(aws, "show")).toEqual([expect.stringMatching(/^Approval is on/)]);
      await run(aws, wanted);
      const approvalRequired = wanted === "on" ? "YES" : "NO";
      expect(made(aws)).toEqual([["SubscriptionTerms", { approvalRequired, from: "SubscriptionTerms" }]]);
      expect(aws.names()).toContain("CreateListingChangeSet");
    }
  });

  it("and of two that agree one is left, too", async () => {
    const aws = catalog({ formsOutput: [form(TERMS, "NO"), form("SubscriptionTerms", "NO")] });
    await run(aws, "off");
    expect(made(aws)).toHaveLength(1);
  });

  it("and one of another type is not taken for it, nor replaced", async () => {
    const aws = catalog({ formsOutput: [form("Terms", "YES"), form(TERMS, "NO", "Custom")] });
    expect(await run(aws, "show")).toEqual([expect.stringMatching(/^Approval is on/)]);
    await run(aws, "off");
    expect(made(aws)).toEqual([
      [TERMS, { approvalRequired: "NO", from: TERMS }],
      ["Terms", { approvalRequired: "NO", from: "Terms" }],
    ]);
    const taken = catalog({ formsOutput: [form(TERMS, "NO", "Custom")] });
    await expect(run(taken, "off")).rejects.toThrow(/has a form SubscriptionTermsForm of the type Custom/);
    expect(taken.names()).not.toContain("CreateAssetRevision");
  });
});

it("approval on keeps what else the form says", async () => {
  const aws = catalog({ formsOutput: forms("NO") });
  await run(aws, "on");
  expect((aws.inputs("CreateAssetRevision")[0]?.["formsInput"] as object[])[2]).toEqual({
    formName: TERMS,
    typeIdentifier: "amazon.datazone.SubscriptionTermsFormType",
    typeRevision: "3",
    content: '{"approvalRequired":"YES","note":"kept"}',
  });
});

it.each([
  [undefined, "on"],
  ["YES", "on"],
  ["NO", "off"],
])("show says, where the form says %s, that approval is %s", async (approvalRequired, approval) => {
  expect(await run(catalog({ formsOutput: forms(approvalRequired) }), "show")).toEqual([
    `Approval is ${approval} for Orders (asset1, revision 5).`,
  ]);
});

describe("it refuses, before changing anything,", () => {
  it.each([
    [
      "an asset with an unpublished draft",
      catalog({}, "4"),
      /unpublished draft: its latest revision is 5, 4 is listed/,
    ],
    ["an asset that is not published", catalog({ listing: undefined }), /is not published/],
    [
      "a listing that is withdrawn",
      catalog({ listing: { listingId: "l", listingStatus: "INACTIVE" } }),
      /INACTIVE, not ACTIVE/,
    ],
    [
      "an asset without room for the form",
      catalog({ formsOutput: Array.from({ length: 10 }, (_, i) => ({ formName: `F${i}` })) }),
      /has 10 metadata forms/,
    ],
  ])("%s", async (_, aws, reason) => {
    await expect(run(aws, "off")).rejects.toThrow(reason);
    expect(aws.names().filter((name) => name.startsWith("Create"))).toEqual([]);
  });
});

it.each([
  ["a form", { formsOutput: [] }, /the form Glue, the form Classification/],
  ["a glossary term", { glossaryTerms: ["t1"] }, /the glossary term t2/],
  ["a governed term", { governedGlossaryTerms: [] }, /the governed glossary term g1/],
  ["the description", { description: undefined }, /its description/],
])("a revision that lost %s is not published, and what to do is said", async (_, change, reason) => {
  const aws = catalog();
  const create = aws.answers["CreateAssetRevision"]!;
  aws.on("CreateAssetRevision", (input, call) => ({ ...(create(input, call) as object), ...change }));
  await expect(run(aws, "off")).rejects.toThrow(reason);
  expect(aws.names()).not.toContain("CreateListingChangeSet");
});

it("a revision that cannot be published is told with the command that does", async () => {
  const aws = catalog().on("CreateListingChangeSet", awsError("ThrottlingException", 429));
  await expect(run(aws, "off")).rejects.toThrow(
    /not published .*aws datazone create-listing-change-set .*--entity-revision 6 --action PUBLISH/,
  );
});

describe("wrong arguments", () => {
  const { AWS_REGION, AWS_CONFIG_FILE } = process.env;
  afterEach(() => {
    for (const [name, value] of Object.entries({ AWS_REGION, AWS_CONFIG_FILE })) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  });

  it.each([
    [["show", "--asset", "a"], /required option '--domain <id>' not specified/],
    [["show", "--domain", "dzd_a"], /required option '--asset <id>' not specified/],
    [["show", "--domain", "sales", "--asset", "a"], /'sales' is invalid. It is not the id of a DataZone domain/],
    [["show", "--domain", "dzd_a", "--asset", "My orders"], /'My orders' is invalid. It is not the id of an asset/],
    [["explode", "--domain", "dzd_a", "--asset", "a"], /'explode' is invalid .* Allowed choices are show, on, off/],
    [["off", "now", "--domain", "dzd_a", "--asset", "a"], /too many arguments/],
    [["--domain", "dzd_a", "--asset", "a"], /missing required argument 'show\|on\|off'/],
  ])("%j are told by name, before anything is called", async (args, reason) => {
    const { code, err } = await ran(["asset", "approval", ...args]);
    expect(err).toMatch(reason);
    expect(code).toBe(2);
  });

  it("and no Region are told by what to set", async () => {
    delete process.env["AWS_REGION"];
    process.env["AWS_CONFIG_FILE"] = "/nowhere";
    const { dataZone } = processWorld();
    const show = ["asset", "approval", "show", "--domain", "dzd_a", "--asset", "a"];
    await expect(ran(show, { dataZone })).resolves.toMatchObject({
      code: 1,
      err: expect.stringMatching(/^Which Region\?/),
    });
  });
});

it("says it as JSON, and what it did beside it", async () => {
  const aws = catalog();
  const args = ["asset", "approval", "off", "--domain", "dzd_abc", "--asset", "asset1", "--json"];
  const { out, err } = await ran(args, of(aws));
  expect(JSON.parse(out.join("\n"))).toEqual({ id: "asset1", name: "Orders", revision: "5", approval: "on" });
  expect(err).toMatch(/^Revision 6 of Orders/);
});
