import pLimit from 'p-limit';

import type { Database } from '../../db/database.ts';
import type { Writers } from '../../model/writers.ts';
import { findApiKey } from './api-keys.ts';
import { claimRequest } from './claim-request.ts';
import { changeComment, deleteComment, editTokenOf, writeComment } from './comments.ts';
import { decideMatch } from './decide-match.ts';
import { enterFilm } from './enter-film.ts';
import { setValues } from './set-values.ts';
import { fillTicket, freeRequest, keepAnswer } from './ticket.ts';
import type { EntryWorld } from './write.ts';

/**
 * Transactions of writes at once, of a pool of ten connections. They end one after the other, as their entries are numbered, so
 * more of them would write no faster, and would keep readers waiting for a connection.
 */
const WRITES_AT_ONCE = 4;

/** What serving is handed to write with. However many write at once, they wait here, and not for a connection. */
export function openWriters(given: EntryWorld): Writers {
  const world = { ...given, db: withTurns(given.db) };
  const { db } = world;
  return {
    enterFilm: (entry, writer) => enterFilm(world, entry, writer),
    setValues: (id, values, isExpected, writer) => setValues(world, id, values, isExpected, writer),
    decideMatch: (id, decision, writer) => decideMatch(world, id, decision, writer),
    writeComment: (comment, writer) => writeComment(world, comment, writer),
    changeComment: (change, editor) => changeComment(world, change, editor),
    deleteComment: (id, editor) => deleteComment(world, id, editor),
    editTokenOf: (commentId) => editTokenOf(world.idSalt, commentId),
    findApiKey: (key) => findApiKey(world, key),
    claimRequest: (request) => claimRequest(world, request),
    fillTicket: (ticket, result) => fillTicket(db, ticket, result),
    keepAnswer: (ticket, answer) => keepAnswer(db, ticket, answer),
    freeRequest: (ticket) => freeRequest(db, ticket),
  };
}

function withTurns(db: Database): Database {
  const inTurn = pLimit(WRITES_AT_ONCE);
  return { ...db, transaction: (work) => inTurn(() => db.transaction(work)) };
}
