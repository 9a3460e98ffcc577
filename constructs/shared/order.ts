import { mapOf, optional, text } from "../inputs";

/** For a construct that must be destroyed before something else. */
export const order = {
  /**
   * Attributes of resources to create before and destroy after this, e.g. `{ bucket = module.data.bucket_arn }`, by a key of your choice. Use
   * it in place of `depends_on` on the module call, which delays the module's data sources until apply.
   * @default - no order beyond that of the other inputs
   */
  after: optional(mapOf(text()), {}),
};
