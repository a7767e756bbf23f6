package io.tamis.policy;

import io.tamis.data.ColumnName;
import io.tamis.data.Json;
import io.tamis.data.JsonFields;
import java.util.LinkedHashMap;
import java.util.Objects;

/**
 * One column of an {@code access.decided} entry: the question and its answer, complete enough to be decided again by
 * somebody who trusts neither (ledger note, section 2).
 */
public record DecidedColumn(ColumnName name, Question question, Decision decision) {
    private static final int NAME_LENGTH_MAX = 64;

    public DecidedColumn {
        Objects.requireNonNull(name);
        Objects.requireNonNull(question);
        Objects.requireNonNull(decision);
    }

    /** The form in the entry. */
    public Json.Obj toJson() {
        var members = new LinkedHashMap<String, Json>();
        members.put("name", Json.of(name.value()));
        members.putAll(question.toJson().members());
        members.putAll(decision.toJson().members());
        return new Json.Obj(members);
    }

    /** Reads {@link #toJson()}. */
    public static DecidedColumn fromJson(Json json) {
        var fields = new JsonFields(json);
        var column = new DecidedColumn(
                new ColumnName(fields.string("name", NAME_LENGTH_MAX)), Question.read(fields), Decision.read(fields));
        fields.end();
        return column;
    }
}
