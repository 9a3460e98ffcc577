import type { SelfCheckAnswer } from "../../../functions/approver/self-check";
import {
  PERMIT_ALL,
  PUBLISHER,
  READ_PROJECTS,
  ROLE,
  type World,
  awsError,
  denied,
  pending,
  request,
  throttled,
  world,
} from "./fake";

const BROKEN = { bad: '@id("bad")\npermit (principal, action, resource)\nwhen { resource.nope == 1 };' };

describe("check", () => {
  const ready = (projects?: Record<string, string>) => {
    const w = world(undefined, {}, projects);
    w.aws
      .on("ListProjectMemberships", () => ({
        members: [
          { memberDetails: { user: { userId: "profile0" } }, designation: "PROJECT_OWNER" },
          { memberDetails: { user: { userId: "profile1" } }, designation: "PROJECT_CONTRIBUTOR" },
        ],
      }))
      .on("GetUserProfile", ({ userIdentifier }) => ({
        id: "profile1",
        details: userIdentifier === "profile1" ? { iam: { arn: ROLE } } : { sso: { username: "maria" } },
      }))
      .on("ListSubscriptionRequests", () => ({ items: [pending("request1", 60)] }))
      .on("Publish", awsError("InvalidParameterException", 400, "Subject"));
    return w;
  };

  it("finds nothing to repair in a deployment that works, and changes nothing", async () => {
    const { aws, invoke } = ready();
    const answer = await invoke<SelfCheckAnswer>({ operation: "check" });
    expect(answer).toMatchObject({
      ok: true,
      set: { digest: expect.stringMatching(/^[0-9a-f]{64}$/), policies: ["all"], findings: [] },
      membership: { publisher1: { status: "yes" }, publisher2: { status: "yes" } },
      reach: { publisher1: { status: "yes" }, publisher2: { status: "yes" } },
      reviewers: { status: "yes" },
      publish: { status: "unknown", detail: expect.stringMatching(/not denied/) },
      keys: {
        queue: { status: "yes" },
        deadLetterQueue: { status: "yes" },
        topic: { status: "yes" },
        operatorsTopic: { status: "yes" },
      },
      fixes: [],
    });
    expect(aws.names().filter((name) => /Accept|Reject|SendMessage|Create/.test(name))).toEqual([]);
    expect(String(aws.inputs("Publish")[0]?.["Subject"]).length).toBeGreaterThan(100);
  });

  it("writes the texts behind the digest of comments into the log, once a process, and of a valid set only", async () => {
    const w = ready();
    const { set } = await w.invoke<SelfCheckAnswer>({ operation: "check" });
    await w.invoke({ operation: "check" });
    await w.invoke({ operation: "decide", subscriptionRequestId: "request1", dryRun: true });
    expect(w.logs.filter(({ message }) => message === "policy")).toEqual([
      { level: "info", message: "policy", policySet: set.digest, policy: "all", text: PERMIT_ALL },
    ]);
    const broken = world(BROKEN);
    await expect(broken.invoke({ operation: "check" })).rejects.toThrow();
    expect(broken.logs).toEqual([]);
  });

  it.each([
    ["no member", { members: [] }, "no"],
    [
      "a mere viewer",
      { members: [{ memberDetails: { user: { userId: "profile1" } }, designation: "PROJECT_CATALOG_VIEWER" }] },
      "no",
    ],
    [
      "of a designation made here",
      { members: [{ memberDetails: { user: { userId: "profile1" } }, designation: "stewards" }] },
      "unknown",
    ],
    [
      "perhaps in a group",
      { members: [{ memberDetails: { group: { groupId: "g" } }, designation: "PROJECT_CONTRIBUTOR" }] },
      "unknown",
    ],
    [
      "known by its ARN",
      {
        members: [
          {
            memberDetails: { user: { userId: "arn:aws:iam::111122223333:role/approver" } },
            designation: "PROJECT_CONTRIBUTOR",
          },
        ],
      },
      "yes",
    ],
    [
      "an IAM user of the same name",
      {
        members: [
          {
            memberDetails: { user: { userId: "arn:aws:iam::111122223333:user/some/path/approver" } },
            designation: "PROJECT_OWNER",
          },
        ],
      },
      "no",
    ],
    [
      "of another account",
      {
        members: [
          {
            memberDetails: { user: { userId: "arn:aws:iam::999999999999:role/approver" } },
            designation: "PROJECT_OWNER",
          },
        ],
      },
      "no",
    ],
  ])("tells that the role is %s", async (_, members, status) => {
    const { aws, invoke } = ready();
    aws.on("ListProjectMemberships", () => members);
    const answer = await invoke<SelfCheckAnswer>({ operation: "check", projectId: PUBLISHER });
    expect(answer.membership).toEqual({ [PUBLISHER]: { status, detail: expect.any(String) } });
    expect(answer.ok).toBe(status !== "no");
    expect(answer.fixes.length).toBe(status === "no" ? 1 : 0);
    for (const fix of answer.fixes) {
      expect(fix).toMatch(`make the role ${ROLE} a contributor of the publishing project publisher1`);
      expect(fix).toMatch(/output membership_commands/);
      expect(fix).not.toMatch(/assumed-role/);
    }
  });

  it("answers in time where there are more projects than it can ask about, and says which were not asked about", async () => {
    const ids = Array.from({ length: 1000 }, (_, i) => `p${i}`);
    const w = ready(Object.fromEntries([0, 1].map((i) => [`${i}`, ids.slice(i * 500, (i + 1) * 500).join(",")])));
    const { ListProjectMemberships: members } = w.aws.answers;
    w.aws.on("ListProjectMemberships", (input, call) => {
      w.pass(1_000);
      return members!(input, call);
    });
    const answer = await w.invoke<SelfCheckAnswer>({ operation: "check" }, 120_000);
    const answered = Object.values(answer.membership).filter(({ status }) => status === "yes");
    expect(answered.length).toBeGreaterThan(100);
    expect(answered.length).toBeLessThan(120);
    expect(Object.keys(answer.membership)).toHaveLength(1000);
    expect(answer.membership["p999"]).toEqual({ status: "unknown", detail: expect.stringMatching(/projectId/) });
    expect(answer).toMatchObject({ ok: true, reviewers: { status: "yes" }, keys: { queue: { status: "yes" } } });
  });

  it("reports what cannot be read and announced, with what to do, and does not fail", async () => {
    const { aws, invoke } = ready();
    aws
      .on("ListProjectMemberships", denied())
      .on("ListSubscriptionRequests", denied())
      .on("Publish", awsError("AuthorizationErrorException", 403));
    const answer = await invoke<SelfCheckAnswer>({ operation: "check", projectId: PUBLISHER });
    expect(answer).toMatchObject({ ok: false, reach: { publisher1: { status: "no" } }, publish: { status: "no" } });
    expect(answer.fixes).toHaveLength(3);
  });

  describe("tries to read what the policies refer to about a pending request", () => {
    const details =
      '@id("all") permit (principal is DataZone::Project, action, resource) when { principal.details.tags.contains("a=b") };';
    const answers = '@id("all") permit (principal, action, resource) when { context.request.hasTag("Purpose.why") };';
    const reach = async (policy: string, spoil: (w: World) => unknown): Promise<SelfCheckAnswer> => {
      const w = world({ all: policy });
      w.aws
        .on("ListProjectMemberships", () => ({ members: [] }))
        .on("GetUserProfile", () => ({ id: "profile1" }))
        .on("ListSubscriptionRequests", () => ({ items: [pending("request1", 60)] }))
        .on("GetListing", () => ({}));
      spoil(w);
      return w.invoke<SelfCheckAnswer>({ operation: "check", projectId: PUBLISHER });
    };

    it("and says no for what is denied", async () => {
      const { reach: answer } = await reach(details, ({ aws }) => aws.on("GetProject", denied()));
      expect(answer[PUBLISHER]).toEqual({
        status: "no",
        detail: "request request1: AccessDeniedException: not authorized",
      });
      const governed = '@id("all") permit (principal, action, resource) when { resource.governed.contains("Open") };';
      const { reach: listings } = await reach(governed, ({ aws }) => aws.on("GetListing", denied()));
      expect(listings[PUBLISHER]).toMatchObject({ status: "no" });
    });

    it("and not for one requester's unreadable form", async () => {
      const metadataForms = [{ formName: "Purpose", content: "{" }];
      const answer = await reach(answers, ({ aws }) =>
        aws.on("GetSubscriptionRequestDetails", () => request({ metadataForms })),
      );
      expect(answer.reach[PUBLISHER]).toEqual({
        status: "yes",
        detail: expect.stringMatching(/request1 itself needs a person/),
      });
    });

    it("nor for what fails for now", async () => {
      const { reach: answer } = await reach(details, ({ aws }) => aws.on("GetProject", throttled()));
      expect(answer[PUBLISHER]).toMatchObject({ status: "unknown" });
    });
  });

  it("says where its own decisions are known by their comments alone", async () => {
    const w = ready();
    w.aws.on("GetUserProfile", denied());
    const answer = await w.invoke<SelfCheckAnswer>({ operation: "check", projectId: PUBLISHER });
    expect(answer.reviewers).toEqual({ status: "no", detail: "AccessDeniedException: not authorized" });
    expect(answer.fixes).toEqual([expect.stringMatching(/user profiles/)]);
  });

  describe("while IAM does not know yet what the roles may do", () => {
    const total = (milliseconds: readonly number[]) => milliseconds.reduce((sum, each) => sum + each, 0);
    const soon = (w: ReturnType<typeof ready>, command: string, denial: Error) => {
      const before = w.aws.answers[command]!;
      w.aws.on(command, (input, call) => (call <= 3 ? Promise.reject(denial) : before(input, call)));
    };

    it.each([
      ["GetParametersByPath", denied()],
      [READ_PROJECTS, denied()],
      ["ListProjectMemberships", awsError("AccessDenied", 403, "not authorized to perform sts:AssumeRole")],
    ])("tries %s again", async (command, denial) => {
      const w = ready();
      soon(w, command, denial);
      expect(await w.invoke({ operation: "check" })).toMatchObject({ ok: true });
      expect(w.waited).toEqual([1_000, 2_000, 4_000]);
    });

    it("gives up after half a minute, or when time runs short", async () => {
      for (const [milliseconds, most] of [
        [120_000, 30_000],
        [20_000, 15_000],
      ] as const) {
        const w = ready();
        w.aws.on("GetParametersByPath", denied());
        await expect(w.invoke({ operation: "check" }, milliseconds)).rejects.toThrow("not authorized");
        expect(total(w.waited)).toBeLessThanOrEqual(most);
        expect(total(w.waited)).toBeGreaterThanOrEqual(most / 3);
      }
    });

    it("does not wait for DataZone's own denial, nor in anything but a check", async () => {
      const w = ready();
      w.aws.on("ListProjectMemberships", denied());
      expect(await w.invoke({ operation: "check" })).toMatchObject({ ok: false });
      const other = ready();
      other.aws.on("GetParametersByPath", denied());
      await expect(other.invoke({ operation: "sweep" })).rejects.toThrow("not authorized");
      expect([...w.waited, ...other.waited]).toEqual([]);
    });
  });

  it("fails for a set that does not type-check, with policy, line, column and reason", async () => {
    const { invoke } = world(BROKEN);
    await expect(invoke({ operation: "check" })).rejects.toThrow(
      /bad:3:8: attribute `nope` on entity type `DataZone::Asset` not found/,
    );
  });
});
