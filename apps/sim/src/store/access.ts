/** What the local Meta remembers about people, what they granted, and the standing of Pages. Plain JSON; all optional. */

/** What a person granted to an app in the login dialog. */
export interface Grant {
  scopes: string[];
  pageIds: string[];
  at: number;
  /** "All current and future Pages": granular scopes carry no `target_ids`. */
  allPages?: boolean;
  /** The Instagram accounts chosen; missing: those of the Pages. */
  instagramIds?: string[];
  /** Permissions asked for and unticked: not asked for again without `auth_type=rerequest`. */
  declined?: string[];
}

/** A person asked the app to delete what it has about them. */
export interface DeletionRequest {
  at: number;
  appId: string;
  /** What the app's callback answered; null where it did not answer as it must. */
  url: string | null;
  code: string | null;
  problem: string | null;
}

/** Members of a person. Missing means: an account in good standing without two-factor authentication. */
export interface PersonStanding {
  twoFactor?: boolean;
  /** A checkpoint: 459 sends the person to facebook.com, 490 is the account security one. */
  checkpoint?: 459 | 490;
  unconfirmed?: boolean;
  deactivated?: boolean;
  /** A Business Integration System User: made by a login with this app's configuration. */
  integrationOf?: string;
  deletions?: DeletionRequest[];
}

/** A configuration of Facebook Login for Business: fixes permissions and the kind of token. */
export interface LoginConfiguration {
  id: string;
  name: string;
  tokenType: "user" | "system_user";
  /** Of a system user's token. */
  expires: "never" | "60_days";
  permissions: string[];
}

/** Members of an app. Missing means: no callbacks, any redirect address, the configurations every app begins with. */
export interface AppSettings {
  deauthorizeUrl?: string;
  dataDeletionUrl?: string;
  /** Valid OAuth redirect addresses, compared exactly. */
  redirectUris?: string[];
  configurations?: LoginConfiguration[];
  /** The secret before it was reset. */
  formerSecret?: string;
}

/** Members of a Page. Missing means: published, no demand for two-factor, our app not removed. */
export interface PageStanding {
  deleted?: boolean;
  /** The business that owns the Page demands two-factor authentication of its people. */
  twoFactorRequired?: boolean;
  /** Apps removed in Business Apps or Advanced Messaging, with the people whose grants ended by it. */
  removedApps?: { appId: string; userIds: string[] }[];
  /** Made in bulk for this person; taken away together. */
  madeFor?: string;
}

/** Members of an Instagram account. */
export interface InstagramStanding {
  /** Converted to a personal account: no API reaches it. */
  personal?: boolean;
  /** The link to the Page is not verified before the person switches two-factor on (10/2534077). */
  twoFactorRequired?: boolean;
}

/** Members of a token, beside what it was minted with. */
export interface TokenReach {
  allPages?: boolean;
  instagramIds?: string[];
}

/** Why a token is dead. `played` by hand: it can be brought back to life. */
export interface TokenDeath {
  subcode?: number;
  message: string;
  data?: Record<string, unknown>;
  played?: boolean;
}
