import sql, { join, raw, type Sql } from 'sql-template-tag';

/** What a list is sorted by. Unknown values come last, whether ascending or descending. */
export interface ListKey {
  readonly value: Sql;
  readonly descending: boolean;
  readonly mayBeUnknown: boolean;
}

/** The keys that a list is sorted by, and the id that breaks ties, in the direction of the first key. */
export interface ListOrder {
  readonly keys: readonly [ListKey, ...ListKey[]];
  readonly id: Sql;
}

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

/**
 * A stretch of a list: what must hold besides the filters, and the order to read it in, in terms of the columns
 * selected, `key_0`, `key_1`, … and `id`.
 */
export interface ListRange {
  readonly where: Sql;
  readonly orderBy: Sql;
}

/**
 * The stretches which, read one after the other, give everything beyond the position in order. With one sort
 * key each is one range of an index (known values, unknown ones), where one condition with `or` would be a scan.
 */
export function listRanges(order: ListOrder, position: ListPosition): ListRange[] {
  const [key, ...more] = order.keys;
  if (more.length > 0) return [wholeRange(order, position)];
  const backward = position.direction === 'backward';
  const ranges = indexRanges(order.id, key, key.descending !== backward);
  return backward ? ranges.backward(position.beyond) : ranges.forward(position.beyond);
}

/**
 * The two ranges of the index of `key`, each read downwards or upwards: known values, then unknown ones. Even
 * where all values are null the order names them, since by id alone the planner may read another index.
 */
function indexRanges(id: Sql, { value, mayBeUnknown }: ListKey, downwards: boolean) {
  const beyond = raw(downwards ? '<' : '>');
  const way = raw(downwards ? 'desc' : 'asc');
  const orderBy = sql`key_0 ${way}, id ${way}`;

  const known = { where: sql`${value} is not null`, orderBy };
  const unknown = mayBeUnknown ? [{ where: sql`${value} is null`, orderBy }] : [];
  const knownBeyond = (place: ListPlace) => ({
    where: sql`(${value}, ${id}) ${beyond} (${place.keys[0]}, ${place.id})`,
    orderBy,
  });
  const unknownBeyond = (place: ListPlace) => ({
    where: sql`${value} is null and ${id} ${beyond} ${place.id}`,
    orderBy,
  });

  return {
    forward(place: ListPlace | null): ListRange[] {
      if (place === null) return [known, ...unknown];
      return place.keys[0] === null ? [unknownBeyond(place)] : [knownBeyond(place), ...unknown];
    },
    backward(place: ListPlace | null): ListRange[] {
      if (place === null) return [...unknown, known];
      return place.keys[0] === null ? [unknownBeyond(place), known] : [knownBeyond(place)];
    },
  };
}

/** A sort column as one comparison sees it. */
interface Comparand {
  readonly value: Sql;
  readonly downwards: boolean;
  readonly at: KeyValue;
  readonly unknownsAhead: boolean;
}

/** Everything beyond the position under several keys: correct, without the speed of an index range. */
function wholeRange({ keys, id }: ListOrder, position: ListPosition): ListRange {
  const backward = position.direction === 'backward';
  const idDownwards = keys[0].descending !== backward;
  const comparands = keys.map(({ value, descending }, index) => ({
    value,
    downwards: descending !== backward,
    at: position.beyond?.keys[index] ?? null,
    unknownsAhead: !backward,
  }));
  const orderBy = join([
    ...comparands.map(
      ({ downwards }, index) =>
        sql`${raw(`key_${index}`)} ${raw(downwards ? 'desc' : 'asc')} ${raw(backward ? 'nulls first' : 'nulls last')}`,
    ),
    sql`id ${raw(idDownwards ? 'desc' : 'asc')}`,
  ]);
  if (position.beyond === null) return { where: sql`true`, orderBy };
  const beyondId = sql`${id} ${raw(idDownwards ? '<' : '>')} ${position.beyond.id}`;
  return { where: comparands.reduceRight(beyondOrSame, beyondId), orderBy };
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
