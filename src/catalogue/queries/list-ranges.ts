import sql, { join, raw, type Sql } from 'sql-template-tag';

/** The value of a sort key; null when unknown. */
export type KeyValue = string | number | null;

/** A place in an ordered list: that of a row which is, or was, there. */
export interface ListPlace {
  /** One for each sort key. */
  readonly keys: readonly KeyValue[];
  readonly id: string;
}

/** Where a page begins and which way it is read. */
export interface ListPosition {
  readonly direction: 'forward' | 'backward';
  /** The page has what lies beyond this place; null is beyond the end that the direction comes from. */
  readonly beyond: ListPlace | null;
}

/** A key that a list is sorted by. Unknown values come last, whether ascending or descending. */
export interface ListKey {
  readonly value: Sql;
  readonly descending: boolean;
  /**
   * Where its value is unknown, and whether an index that has those rows in order names the value before the id; null
   * if every value is known.
   */
  readonly unknown: { readonly where: Sql; readonly inIndex: boolean } | null;
}

/** What a list is sorted by. Ties are broken by id, in the direction of the first key. */
export interface ListOrder {
  readonly keys: readonly [ListKey, ...ListKey[]];
  readonly id: Sql;
}

/**
 * A stretch of a list: what must hold besides the filters, and the order to read it in, in terms of the columns selected:
 * `key_0`, `key_1`, … and `id`.
 */
export interface ListRange {
  readonly where: Sql;
  readonly orderBy: Sql;
}

/**
 * The stretches which, read one after the other, give everything beyond the position in order. Each is one range of
 * an index that has the first key in order (known values, unknown ones), where one condition with `or` would be a
 * scan. With one key the index has the whole order; with more, those of one first value are sorted as they are read.
 */
export function listRanges(order: ListOrder, position: ListPosition): ListRange[] {
  const backward = position.direction === 'backward';
  const ranges = firstKeyRanges(order, backward);
  return backward ? ranges.backward(position.beyond) : ranges.forward(position.beyond);
}

/** The ranges of the first key, each read downwards or upwards. */
function firstKeyRanges({ keys, id }: ListOrder, backward: boolean) {
  const [{ value, descending, unknown }, ...more] = keys;
  const downwards = descending !== backward;
  const rest = restOf(more, id, downwards, backward);
  const orderBy = join([directed('key_0', downwards), rest.orderBy]);
  const unknownOrderBy = unknown?.inIndex === true ? orderBy : rest.orderBy;

  const known = { where: sql`${value} is not null`, orderBy };
  const unknowns = unknown === null ? [] : [{ where: unknown.where, orderBy: unknownOrderBy }];
  const unknownBeyond = (place: ListPlace) => ({
    where: sql`${unknown?.where ?? sql`false`} and ${rest.beyond(place)}`,
    orderBy: unknownOrderBy,
  });
  const knownBeyond = (place: ListPlace): ListRange[] => {
    const at = place.keys[0] ?? null;
    const way = raw(downwards ? '<' : '>');
    if (more.length === 0) {
      return [
        { where: sql`${value} is not null and (${value}, ${id}) ${way} (${at}, ${place.id})`, orderBy },
      ];
    }
    return [
      { where: sql`${value} = ${at} and ${rest.beyond(place)}`, orderBy: rest.orderBy },
      { where: sql`${value} is not null and ${value} ${way} ${at}`, orderBy },
    ];
  };

  return {
    forward(place: ListPlace | null): ListRange[] {
      if (place === null) return [known, ...unknowns];
      return place.keys[0] === null ? [unknownBeyond(place)] : [...knownBeyond(place), ...unknowns];
    },
    backward(place: ListPlace | null): ListRange[] {
      if (place === null) return [...unknowns, known];
      return place.keys[0] === null ? [unknownBeyond(place), known] : knownBeyond(place);
    },
  };
}

/** The order among rows of one first value, by the other keys and the id; and what must hold beyond a place in it. */
function restOf(keys: readonly ListKey[], id: Sql, idDownwards: boolean, backward: boolean) {
  const orderBy = join([
    ...keys.map(
      ({ descending }, index) =>
        sql`${directed(`key_${index + 1}`, descending !== backward)} ${raw(backward ? 'nulls first' : 'nulls last')}`,
    ),
    directed('id', idDownwards),
  ]);
  const beyond = (place: ListPlace): Sql => {
    const beyondId = sql`${id} ${raw(idDownwards ? '<' : '>')} ${place.id}`;
    return keys
      .map(({ value, descending }, index) => ({
        value,
        downwards: descending !== backward,
        at: place.keys[index + 1] ?? null,
        unknownsAhead: !backward,
      }))
      .reduceRight(beyondOrSame, beyondId);
  };
  return { orderBy, beyond };
}

function directed(column: string, downwards: boolean): Sql {
  return raw(`${column} ${downwards ? 'desc' : 'asc'}`);
}

/** A sort column as one comparison sees it. */
interface Comparand {
  readonly value: Sql;
  readonly downwards: boolean;
  readonly at: KeyValue;
  readonly unknownsAhead: boolean;
}

/** Beyond in this column; or the same in it, and `then`. */
function beyondOrSame(then: Sql, { value, downwards, at, unknownsAhead }: Comparand): Sql {
  if (at === null) {
    const same = sql`(${value} is null and ${then})`;
    return unknownsAhead ? same : sql`(${value} is not null or ${same})`;
  }
  const beyond = sql`${value} ${raw(downwards ? '<' : '>')} ${at}`;
  const same = sql`(${value} = ${at} and ${then})`;
  return unknownsAhead ? sql`(${beyond} or ${value} is null or ${same})` : sql`(${beyond} or ${same})`;
}
