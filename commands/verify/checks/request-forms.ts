import { GetSubscriptionRequestDetailsCommand, ListSubscriptionRequestsCommand } from "@aws-sdk/client-datazone";
import { type Check, asExpected, differs, notTried } from "../check";
import { asObject, inWords, shapesOf } from "../forms";

export const requestForms: Check = {
  id: "request-forms",
  asks: "how a request writes the forms of what it asks for",
  run: async ({ aws: { datazone }, targets: { approver } }) => {
    const domainIdentifier = approver.domainId;
    const { items = [] } = await datazone.send(new ListSubscriptionRequestsCommand({ domainIdentifier }));
    for (const { id: identifier } of items) {
      const details = await datazone.send(new GetSubscriptionRequestDetailsCommand({ domainIdentifier, identifier }));
      const forms = asObject(details.subscribedListings?.[0]?.item?.assetListing?.forms);
      const shapes = forms && shapesOf(forms);
      if (!shapes || shapes.text + shapes.object === 0) continue;
      return (shapes.object === 0 ? asExpected : differs)(inWords(shapes));
    }
    return notTried("no request for an asset with metadata forms is there to be read");
  },
};
