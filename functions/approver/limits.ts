/**
 * Limits on the work that one request may cause. Beyond them a person decides, so that no request keeps the others of its batch from being
 * decided. They are far above what requests from the portal need; AWS's own limits of these kinds are higher, or not documented.
 */

/** Assets of a data product: each costs a call. */
export const MAXIMUM_ASSETS = 25;
/** Characters of JSON text that are parsed at once: a listing's forms, or the content of one form. */
export const MAXIMUM_JSON_LENGTH = 1_000_000;
/** Characters of a form field that a policy names: patterns (`like`) are matched against it. */
export const MAXIMUM_FIELD_LENGTH = 10_000;
/** Glossary terms of a kind on one asset, on all its columns together. */
export const MAXIMUM_TERMS = 500;
/** Glossary terms on the columns of all assets that have to be looked up: each costs a call. */
export const MAXIMUM_LOOKUPS = 50;
