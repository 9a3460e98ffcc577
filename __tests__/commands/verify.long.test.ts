import { existsSync, readFileSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { CHECKS } from "../../commands/verify/checks";
import type { Finding } from "../../commands/verify/check";
import { roleArn } from "../sandbox/access-grants/studio";
import { type Place, startPlace } from "./verify-place";

// sagemaker-data-access verify, in a sandbox that plays AWS otherwise, one thing at a time.

let place: Place;
beforeAll(async () => {
  place = await startPlace();
}, 180_000);
afterAll(() => place.stop());

type Outcomes = Readonly<Record<string, Finding["outcome"]>>;

async function findings(...args: readonly string[]): Promise<readonly (Finding & { readonly id: string })[]> {
  const { out, err } = await place.verify("--json", ...args);
  if (out.length === 0) throw new Error(err);
  return JSON.parse(out.join("\n")) as (Finding & { id: string })[];
}
const outcomes = async (...args: readonly string[]): Promise<Outcomes> =>
  Object.fromEntries((await findings(...args)).map(({ id, outcome }) => [id, outcome]));

/** Operations that change something, by their names. */
const CHANGES =
  /^(Create|Put|Delete|Update|Accept|Reject|Cancel|Remove|Set|Add|Associate|Grant|Revoke|Subscribe|Publish)/;
const last = async (): Promise<number> => (await place.sandbox.control.calls()).at(-1)?.id ?? 0;
const changes = async (since: number): Promise<string[]> =>
  (await place.sandbox.control.calls({ since }))
    .filter(({ operation, caller }) => CHANGES.test(operation) && caller.includes("/operator/"))
    .map(({ service, operation }) => `${service} ${operation}`);

/** What there is of the kinds that the command makes. */
async function inventory(): Promise<object> {
  const { boto, zone, control } = place;
  const queues = await boto.call<{ QueueUrls?: string[] }>("sqs", "list_queues");
  const rules = await boto.call<{ Rules: { Name: string }[] }>("events", "list_rules");
  const projects = await zone<{ items: { name: string }[] }>("list_projects");
  const grants = await control<{ AccessGrantsList: object[] }>("list_access_grants");
  const listings = await zone<{ items: object[] }>("search_listings");
  return {
    queues: queues.QueueUrls ?? [],
    rules: rules.Rules.map(({ Name }) => Name),
    projects: projects.items.map(({ name }) => name),
    grants: grants.AccessGrantsList.length,
    listings: listings.items.length,
  };
}

describe("by itself", () => {
  test("it reads, changes nothing, and says of what it would have to make that it was not tried", async () => {
    const since = await last();
    const made = await outcomes();
    expect(await changes(since)).toEqual([]);
    const needing = ["auto-approved", "later-events", "access-grants-edge", "multipart-uploads"];
    for (const { id } of CHECKS)
      expect([id, made[id]]).toEqual([id, needing.includes(id) ? "not tried" : "as expected"]);
    expect(existsSync(path.join(place.folder, "ledger"))).toBe(false);
  });

  test("where nobody agrees, nothing is made", async () => {
    const since = await last();
    const { code, err } = await place.verify("--act");
    expect([code, err]).toEqual([1, expect.stringContaining("Give --yes")]);
    expect(err).toContain("less than a cent");
    expect(await changes(since)).toEqual([]);
  });
});

describe("with --act", () => {
  test("everything is as expected, and nothing is left", async () => {
    const before = await inventory();
    const since = await last();
    const file = path.join(place.folder, "verified.json");
    const made = await outcomes("--act", "--yes", "--write", file);
    expect(made).toEqual(Object.fromEntries(CHECKS.map(({ id }) => [id, "as expected"])));
    expect(await inventory()).toEqual(before);
    expect(existsSync(path.join(place.folder, "ledger"))).toBe(false);
    // Its own things alone: no domain, no alarm, no topic, no bucket is touched, and no request but its own decided.
    expect([...new Set(await changes(since))].sort()).toEqual([
      "datazone AcceptSubscriptionRequest",
      "datazone CancelSubscription",
      "datazone CreateAsset",
      "datazone CreateListingChangeSet",
      "datazone CreateProject",
      "datazone CreateSubscriptionRequest",
      "datazone DeleteAsset",
      "datazone DeleteProject",
      "datazone DeleteSubscriptionRequest",
      "events DeleteRule",
      "events PutRule",
      "events PutTargets",
      "events RemoveTargets",
      "s3 CreateAccessGrant",
      "s3 DeleteAccessGrant",
      "sqs CreateQueue",
      "sqs DeleteMessage",
      "sqs DeleteQueue",
    ]);
    // To be shown to others.
    const text = readFileSync(file, "utf8");
    const { catalog, studioDomain } = place;
    const named = [
      catalog.domain,
      ...Object.values(catalog.projects),
      ...Object.values(catalog.listings),
      studioDomain,
    ];
    for (const name of [...named, "123456789012", "product-data", "contacts", "Heron", "arn:", "verify-"])
      expect([name, text.includes(name)]).toEqual([name, false]);
  });

  test("what could not be removed stays in the ledger, an earlier run's keeps a new one from starting, and --clean removes it", async () => {
    const before = await inventory();
    const { control } = place.sandbox;
    await control.inject({ service: "sqs", operation: "DeleteQueue", status: 400, code: "Throttled", times: 20 });
    const { code, err } = await place.verify("--act", "--yes");
    await control.clearFaults();
    expect([code, err]).toEqual([
      1,
      expect.stringMatching(/Not removed:\nqueue verify-[0-9a-f]{8}: AWS answered Throttled/),
    ]);
    expect((await place.verify("--act", "--yes")).err).toContain("Remove it with --clean");
    expect((await place.verify("--clean")).err).toBe("all that was made is removed");
    expect(await inventory()).toEqual(before);
    expect((await place.verify("--clean")).err).toContain("nothing is known to have been left");
  });

  test("a crash between making something and learning its id leaves nothing that --clean does not find", async () => {
    const before = await inventory();
    const { zone, control, boto, catalog, folder } = place;
    const name = "verify-0123abcd";
    const scope = `s3://product-data/${name}/*`;
    await zone("create_project", { name }, place.operator);
    await boto.call("sqs", "create_queue", { QueueName: name });
    await boto.call("events", "put_rule", { Name: name, EventPattern: '{"source":["it"]}' });
    const {
      AccessGrantsLocationsList: [location],
    } = await control<{ AccessGrantsLocationsList: { AccessGrantsLocationId: string }[] }>(
      "list_access_grants_locations",
    );
    await control("create_access_grant", {
      AccessGrantsLocationId: location!.AccessGrantsLocationId,
      AccessGrantsLocationConfiguration: { S3SubPrefix: `${name}/*` },
      Grantee: { GranteeType: "IAM", GranteeIdentifier: roleArn("userb") },
      Permission: "READ",
    });
    const ledger = path.join(folder, "ledger");
    const lines = [
      { account: "123456789012", region: "us-east-1", domainId: catalog.domain },
      ...["queue", "rule", "project", "asset", "request"].map((kind) => ({ kind, name })),
      { kind: "grant", name: scope },
    ];
    writeFileSync(ledger, `${lines.map((line) => JSON.stringify(line)).join("\n")}\n{"kind":"proj`);
    expect((await place.verify("--clean")).err).toBe("all that was made is removed");
    expect(await inventory()).toEqual(before);
  });

  test("a ledger of another place removes nothing", async () => {
    const ledger = path.join(place.folder, "ledger");
    writeFileSync(
      ledger,
      `${JSON.stringify({ account: "999999999999", region: "us-east-1", domainId: "dzd_other" })}\n`,
    );
    const since = await last();
    const { code, err } = await place.verify("--clean", "--ledger", ledger);
    expect([code, err]).toEqual([
      1,
      expect.stringContaining("of another account, Region or domain: nothing was removed"),
    ]);
    expect(await changes(since)).toEqual([]);
    (await import("node:fs")).rmSync(ledger);
  });
});

interface Deviation {
  readonly deviate: () => Promise<unknown>;
  readonly restore: () => Promise<unknown>;
}

/** How the sandbox plays AWS otherwise, for each check. */
const DEVIATIONS: Readonly<Record<string, Deviation>> = {
  "listing-forms": chosen({ datazone: { listingShapes: "plain" } }, { datazone: { listingShapes: "measured" } }),
  "request-forms": chosen({ datazone: { requestShapes: "plain" } }, { datazone: { requestShapes: "measured" } }),
  "column-terms": chosen({ datazone: { columnTerms: "id" } }, { datazone: { columnTerms: "nested" } }),
  "auto-approved": chosen({ datazone: { notAutoApproved: "false" } }, { datazone: { notAutoApproved: "absent" } }),
  "later-events": fault({ service: "datazone", operation: "Subscription Request Accepted", drop: "event", times: 5 }),
  "membership-field": {
    deviate: () => member("group"),
    restore: () => member("user"),
  },
  "decision-comment": {
    deviate: async () => {
      await place.sandbox.control.choose({ datazone: { reviewer: "absent" } });
      await place.decide();
    },
    restore: async () => {
      await place.sandbox.control.choose({ datazone: { reviewer: "profile" } });
      await place.decide();
    },
  },
  cloudtrail: {
    deviate: async () => {
      await place.sandbox.control.choose({ cloudtrail: { recorded: false } });
    },
    restore: seedTrail,
  },
  "foreign-projects": {
    deviate: async () => {
      await place.sandbox.control.choose({ datazone: { readableProjects: "everyone" } });
      await place.readForeign();
    },
    restore: async () => {
      await place.sandbox.control.choose({ datazone: { readableProjects: "members" } });
      await seedTrail();
    },
  },
  "lake-formation": {
    deviate: () => place.grantTable("revoke_permissions"),
    restore: () => place.grantTable("grant_permissions"),
  },
  "email-subscriptions": chosen(
    { sns: { emailSubscriptions: "pending" } },
    { sns: { emailSubscriptions: "confirmed" } },
  ),
  alarm: chosen({ cloudwatch: { alarmActions: "failed" } }, { cloudwatch: { alarmActions: "executed" } }),
  "access-grants-edge": fault({ service: "s3", operation: "HeadObject", status: 404, code: "NotFound" }),
  "multipart-uploads": fault({ service: "s3", operation: "ListMultipartUploads", status: 403, code: "AccessDenied" }),
  "studio-space": {
    deviate: () =>
      space("create_space", {
        SpaceSharingSettings: { SharingType: "Shared" },
        OwnershipSettings: { OwnerUserProfileName: "userA" },
        SpaceSettings: { AppType: "JupyterLab" },
      }),
    restore: () => space("delete_space", {}),
  },
  "spark-job": {
    deviate: async () => {
      await place.sandbox.control.choose({ sagemaker: { jobs: "fail" } });
      await place.runJob();
    },
    restore: async () => {
      await place.sandbox.control.choose({ sagemaker: { jobs: "complete" } });
      await place.runJob();
    },
  },
  // Nothing takes back a job that has run: the last of all.
  "persona-permissions": {
    deviate: () => place.runJob("another-image", roleArn("userb")),
    restore: () => Promise.resolve(),
  },
};

type Choice = Parameters<Place["sandbox"]["control"]["choose"]>[0];
function chosen(deviating: Choice, usual: Choice): Deviation {
  const choose = (choice: Choice) => () => place.sandbox.control.choose(choice);
  return { deviate: choose(deviating), restore: choose(usual) };
}
function fault(injected: Parameters<Place["sandbox"]["control"]["inject"]>[0]): Deviation {
  return { deviate: () => place.sandbox.control.inject(injected), restore: () => place.sandbox.control.clearFaults() };
}
async function seedTrail(): Promise<void> {
  await place.sandbox.control.choose({ cloudtrail: { recorded: false } });
  await place.sandbox.control.choose({ cloudtrail: { recorded: true } });
  await place.decide();
  await place.readForeign();
}
async function member(field: "user" | "group"): Promise<void> {
  const approver = "arn:aws:iam::123456789012:role/approvals-role";
  const of = { projectIdentifier: place.catalog.projects.sales };
  const other = field === "user" ? "group" : "user";
  await place.zone("delete_project_membership", { ...of, member: { [`${other}Identifier`]: approver } });
  const designation = "PROJECT_CONTRIBUTOR";
  await place.zone("create_project_membership", { ...of, designation, member: { [`${field}Identifier`]: approver } });
}
const space = (operation: string, more: object): Promise<unknown> =>
  place.boto.call("sagemaker", operation, { DomainId: place.studioDomain, SpaceName: "shared", ...more });

describe("what AWS does otherwise is told", () => {
  test("there is a deviation for every check", () => {
    expect(Object.keys(DEVIATIONS).sort()).toEqual(CHECKS.map(({ id }) => id).sort());
  });

  test.each(Object.entries(DEVIATIONS))("%s, by that check and no other", async (id, { deviate, restore }) => {
    await deviate();
    try {
      const found = await findings("--act", "--yes");
      const told = found.filter(({ outcome }) => outcome === "differs").map((one) => one.id);
      expect([told, found.find((one) => one.id === id)]).toEqual([[id], expect.anything()]);
    } finally {
      await restore();
    }
  });
});
