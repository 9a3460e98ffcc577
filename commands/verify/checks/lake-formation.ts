import { ListSubscriptionsCommand } from "@aws-sdk/client-datazone";
import { ListPermissionsCommand } from "@aws-sdk/client-lakeformation";
import { type Check, asExpected, differs, notTried } from "../check";
import { asObject } from "../forms";

/** How many approved subscriptions are looked at, at most. */
const ENOUGH = 5;

export const lakeFormation: Check = {
  id: "lake-formation",
  asks: "whether Lake Formation grants what was approved",
  run: async ({ aws, targets: { approver, account } }) => {
    const asked = { domainIdentifier: approver.domainId, status: "APPROVED", sortOrder: "DESCENDING" } as const;
    const { items = [] } = await aws.datazone.send(new ListSubscriptionsCommand(asked));
    const tables = items
      .filter(
        ({ subscribedPrincipal, subscribedListing }) =>
          subscribedPrincipal?.project !== undefined &&
          approver.projects.includes(subscribedListing?.ownerProjectId ?? ""),
      )
      .flatMap(({ subscribedListing }) => tableOf(subscribedListing?.item?.assetListing?.forms) ?? [])
      .slice(0, ENOUGH);
    if (tables.length === 0) return notTried("no project is subscribed to a table of AWS Glue");
    const withGrant = [];
    for (const [catalog = account, DatabaseName, Name] of tables) {
      const Resource = { Table: { CatalogId: catalog, DatabaseName, Name } };
      const { PrincipalResourcePermissions = [] } = await aws.lakeformation.send(
        new ListPermissionsCommand({ Resource }),
      );
      withGrant.push(
        PrincipalResourcePermissions.some(
          ({ Principal, Permissions }) =>
            Principal?.DataLakePrincipalIdentifier !== "IAM_ALLOWED_PRINCIPALS" && Permissions?.includes("SELECT"),
        ),
      );
    }
    const missing = withGrant.filter((is) => !is).length;
    return (missing === 0 ? asExpected : differs)(
      `of ${tables.length} approved tables ${missing} are granted to nobody`,
    );
  },
};

/** Account, database and name of the Glue table that a listing is about. */
function tableOf(
  forms: string | undefined,
): [catalog: string | undefined, database: string, name: string][] | undefined {
  const { tableArn } = asObject(asObject(forms)?.["GlueTableForm"]) ?? {};
  const [, account, database, name] = /^arn:[^:]*:glue:[^:]*:(\d*):table\/([^/]+)\/(.+)$/.exec(String(tableArn)) ?? [];
  return database !== undefined && name !== undefined ? [[account, database, name]] : undefined;
}
