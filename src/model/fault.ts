/** Why a record is rejected. */
export interface Fault {
  /** A stable reason code, such as `number_invalid`. */
  readonly reason: string;
  /** For a person: "release_date is '1'". */
  readonly detail: string;
}
