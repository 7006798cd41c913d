import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { createTestDatabase } from '../testing/index.ts'
import { describeSchema, schemaFile } from './describe-schema.ts'

test('schema.sql is the result of the migrations (npm run schema writes it)', async () => {
  await using database = await createTestDatabase()
  const client = await database.pool.connect()
  const description = await describeSchema(client)
  client.release()

  expect(readFileSync(schemaFile, 'utf8')).toBe(description)
})

test('every kind of object appears in the description', async () => {
  await using database = await createTestDatabase()
  const client = await database.pool.connect()
  const known = await describeSchema(client)
  await client.query(`
    create table things (
      thing_id bigint generated always as identity primary key,
      name text collate "C" not null default 'x' check (name <> ''),
      twice text generated always as (name || name) stored,
      other bigint references things
    ) with (fillfactor = 50);
    create unique index things_name on things (lower(name)) where other is null;
    create view few as select 1 as one;
    create function touch() returns trigger language plpgsql as $$ begin return new; end $$;
    create trigger touched before update on things for each row execute function touch();
    create type pair as (a int, b text);
    create sequence counter;
  `)
  const added = (await describeSchema(client)).split('\n').filter((line) => !known.includes(line))
  client.release()

  expect(added.join('\n')).toMatchInlineSnapshot(`
    "create type pair as (
      a integer,
      b text
    create sequence counter;
    create table things (
      thing_id bigint generated always as identity not null,
      name text collate "C" default 'x'::text not null,
      twice text generated always as ((name || name)) stored,
      other bigint,
      constraint things_name_check CHECK ((name <> ''::text)),
      constraint things_other_fkey FOREIGN KEY (other) REFERENCES things(thing_id),
      constraint things_pkey PRIMARY KEY (thing_id)
    CREATE UNIQUE INDEX things_name ON public.things USING btree (lower(name)) WHERE (other IS NULL);
    create view few as
     SELECT 1 AS one;
    CREATE OR REPLACE FUNCTION public.touch()
    AS $function$ begin return new; end $function$;
    CREATE TRIGGER touched BEFORE UPDATE ON things FOR EACH ROW EXECUTE FUNCTION touch();"
  `)
})
