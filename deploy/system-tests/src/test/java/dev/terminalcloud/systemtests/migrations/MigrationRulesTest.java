package dev.terminalcloud.systemtests.migrations;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MigrationRulesTest {
    private final MigrationRules rules = new MigrationRules(Set.of("fresh"));

    @ParameterizedTest
    @CsvSource({
        "drop table used;, true",
        "drop index note_of_used;, true",
        "alter table used drop column note;, true",
        "alter table used drop note;, true",
        "alter table used rename column note to remark;, true",
        "alter table used alter column note set not null;, true",
        "alter table used alter column note drop not null;, false",
        "alter table used alter column note drop default;, false",
        "alter table used add column note text;, false",
        "create trigger refused before delete on used for each row execute function refuse();, false"
    })
    void removalIsKnown(String sql, boolean removes) {
        assertThat(MigrationRules.removes(sql)).isEqualTo(removes);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "create table other (id bigint primary key, name text not null unique);",
                "create unlogged table if not exists other (id bigint primary key);",
                "alter table used add column note text;",
                "alter table used add column note text, add column more numeric(10, 2);",
                "ALTER TABLE used\n  ADD COLUMN online boolean NOT NULL DEFAULT false;",
                "alter table used add column twice bigint not null generated always as (once * 2) stored;",
                "alter table used alter column note set default 'drop table used;';",
                "alter table used set (fillfactor = 70);",
                "create index concurrently note_of_used on used (note);",
                "create index concurrently if not exists note_of_used on used (note) where note is not null;",
                "create unique index one on fresh (id); alter table fresh drop column note; alter table fresh rename"
                        + " to f;",
                "create trigger only_added before update on fresh for each statement execute function refuse();",
                "update fresh set note = ''; delete from fresh where note is null; truncate fresh; drop table if"
                        + " exists fresh;",
                "create function refuse() returns trigger language plpgsql as $$ begin drop table used; end $$;",
                "comment on column used.note is 'a -- comment; or a drop table used';",
                "insert into fresh (id) values (1); -- drop table used;",
                "/* drop table used; */ comment on table used is 'it''s used'"
            })
    void compatibleStatementIsAllowed(String sql) {
        assertThat(rules.violations(sql)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "drop table used;",
                "drop index note_of_used;",
                "drop function refuse();",
                "alter table used drop column note;",
                "alter table used add column more text, drop column note;",
                "alter table used rename column note to remark;",
                "alter table used rename to employed;",
                "alter table used alter column note type varchar(10);",
                "alter table used alter note set data type bigint using note::bigint;",
                "alter table used alter column note set not null;",
                "alter table used alter column note drop default;",
                "alter table used add column note text not null;",
                "alter table used add column note text not null unique default 'x';",
                "alter table only public.used add constraint short check (char_length(note) < 10);",
                "alter table used add check (char_length(note) < 10);",
                "alter table used add constraint owner foreign key (owner) references fresh not valid;",
                "alter table used add unique (note);",
                "create index note_of_used on used (note);",
                "create index on used (note);",
                "create unique index concurrently note_of_used on used (note);",
                "create index concurrently note_of_used on used (note); comment on table used is 'x';",
                "create trigger only_added before update on used for each statement execute function refuse();",
                "create or replace function refuse() returns trigger language plpgsql as $$ begin end $$;",
                "update used set note = '';",
                "truncate used;",
                "lock table used;",
                "create table other (id bigint); drop table used;"
            })
    void incompatibleStatementIsAViolation(String sql) {
        assertThat(rules.violations(sql)).hasSize(1);
    }

    @Test
    void violationNamesWhatIsWrong() {
        assertThat(rules.violations("alter table used add column a text, drop column note"))
                .containsExactly("the running release may fail after: alter table used drop column note");
    }

    @Test
    void createdTablesAreFound() {
        assertThat(MigrationRules.tablesCreatedBy("create table a (id bigint); -- create table b (id bigint);\n"
                        + "create unlogged table c (id bigint);"))
                .containsExactlyInAnyOrder("a", "c");
    }

    @Test
    void createdViewsAreFound() {
        assertThat(MigrationRules.viewsCreatedBy(
                        "create view a as select id from b; create or replace view c as select 1;\n"
                                + "create table d (id bigint); -- create view e as select 1;"))
                .containsExactlyInAnyOrder("a", "c");
    }
}
