import { READ_PROJECTS, denied, notFound, request, throttled, world } from "./fake";

describe("input", () => {
  it.each([
    [{}, /operation: is not accepted/],
    [{ operation: "explode" }, /operation: is not accepted/],
    [{ operation: "decide" }, /subscriptionRequestId: must be a string/],
    [{ operation: "decide", subscriptionRequestId: "has space" }, /subscriptionRequestId: is not a DataZone id/],
    [{ operation: "sweep", subscriptionRequestId: "request1" }, /unknown: subscriptionRequestId/],
    [{ operation: "sweep", dryRun: "SECRET" }, /dryRun: must be a boolean/],
    [{ operation: "sweep", scheduled: { at: "SECRET", everyMinutes: 5 } }, /scheduled\.at/],
    ["SECRET", /must be an object/],
    [null, /must be an object/],
  ])("%j is refused, and the message says what is accepted without quoting it", async (input, reason) => {
    const { aws, invoke } = world();
    const refusal = invoke(input);
    await expect(refusal).rejects.toThrow(reason);
    await expect(refusal).rejects.toThrow(/"operation": "sweep" \| "decide" \| "check"/);
    await expect(refusal).rejects.not.toThrow(/SECRET/);
    expect(aws.calls).toEqual([]);
  });
});

describe("decide", () => {
  it("by hand decides one request and answers with the record", async () => {
    const { aws, invoke } = world();
    const record = await invoke({ operation: "decide", subscriptionRequestId: "request1" });
    expect(record).toMatchObject({ outcome: "approved", trigger: "person", dryRun: false, policies: ["all"] });
    expect(aws.names().slice(2)).toEqual(["GetSubscriptionRequestDetails", "AcceptSubscriptionRequest", "Publish"]);
  });

  it("as a dry run says what would happen, touches nothing, tells nobody and counts nothing", async () => {
    const { aws, invoke, metrics } = world();
    const record = await invoke({ operation: "decide", subscriptionRequestId: "request1", dryRun: true });
    expect(record).toMatchObject({
      outcome: "approved",
      dryRun: true,
      comment: expect.stringMatching(/^\[sales .*All good\.$/),
    });
    expect(aws.names()).toEqual(["GetParametersByPath", READ_PROJECTS, "GetSubscriptionRequestDetails"]);
    expect(metrics).toEqual([]);
  });

  it("as a dry run of what was decided before, or cannot be read, tells nobody either", async () => {
    const { aws, invoke } = world();
    const dry = { operation: "decide", subscriptionRequestId: "request1", dryRun: true };
    aws.on("GetSubscriptionRequestDetails", () =>
      request({ status: "ACCEPTED", decisionComment: "[sales 0123456789ab] all" }),
    );
    expect(await invoke(dry)).toMatchObject({ outcome: "approved", again: true });
    aws.on("GetSubscriptionRequestDetails", denied());
    expect(await invoke(dry)).toMatchObject({ outcome: "failed", why: [expect.stringMatching(/AccessDenied/)] });
    expect(aws.names()).not.toContain("Publish");
  });

  it("leaves a request of another project than the one given alone", async () => {
    const { invoke } = world();
    const input = { operation: "decide", subscriptionRequestId: "request1", projectId: "publisher2" };
    expect(await invoke(input)).toMatchObject({ outcome: "left", why: ["its publishing project is not publisher2"] });
  });

  it("says where there is no such request, and fails where it cannot be reached", async () => {
    const { aws, invoke } = world();
    const input = { operation: "decide", subscriptionRequestId: "request1" };
    aws.on("GetSubscriptionRequestDetails", notFound());
    expect(await invoke(input)).toMatchObject({ outcome: "left", why: ["it does not exist (any more)"] });
    aws.on("GetSubscriptionRequestDetails", throttled());
    await expect(invoke(input)).rejects.toThrow(/Throttling/);
  });
});
