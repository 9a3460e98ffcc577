import {
  type ListAccessGrantEntry,
  type ListAccessGrantsLocationsEntry,
  ListAccessGrantsCommand,
  ListAccessGrantsLocationsCommand,
  type S3ControlClient,
} from "@aws-sdk/client-s3-control";
import { pages } from "../studio/contents";

type S3Control = Pick<S3ControlClient, "send">;

/** All grants of the account's instance in the client's Region. Needs s3:ListAccessGrants. */
export const listGrants = (s3: S3Control, AccountId: string): Promise<ListAccessGrantEntry[]> =>
  pages(async (NextToken) => {
    const page = await s3.send(new ListAccessGrantsCommand({ AccountId, NextToken, MaxResults: 1000 }));
    return [page.AccessGrantsList, page.NextToken];
  });

/** All its locations. Needs s3:ListAccessGrantsLocations. */
export const listLocations = (s3: S3Control, AccountId: string): Promise<ListAccessGrantsLocationsEntry[]> =>
  pages(async (NextToken) => {
    const page = await s3.send(new ListAccessGrantsLocationsCommand({ AccountId, NextToken, MaxResults: 1000 }));
    return [page.AccessGrantsLocationsList, page.NextToken];
  });
