import pg from 'pg'

interface Comments {
  ticketId: string
  count: number
  /** The text of comment `n`, as an expression of SQL. */
  body: string
}

/** Writes comments by a ticket's creator straight into the database. The next server that starts knows them. */
export async function writeComments(
  databaseUrl: string,
  { ticketId, count, body }: Comments,
): Promise<void> {
  const database = new pg.Client(databaseUrl)
  await database.connect()
  await database.query(
    `with moved as (
      update log set head = head + ${count}, floor = head + ${count}, floor_tag = head_tag
      returning head - ${count} as start
    ), made as (
      insert into comments (id, ticket_id, author_id, body, internal, created_at)
      select uuidv7(), t.id, t.creator_id, ${body}, false, now()
      from tickets t, generate_series(1, ${count}) n where t.id = $1
      returning id, ticket_id, author_id
    ), counted as (
      update tickets set comment_count = ${count}, staff_comment_count = ${count},
        version = start + ${count}, staff_version = start + ${count}
      from moved where id = $1
    )
    insert into timeline (seq, ticket_id, at, actor_id, kind, staff_only, comment_id)
    select start + row_number() over (order by id), ticket_id, now(), author_id, 'comment', false, id from made, moved`,
    [ticketId],
  )
  await database.end()
}
