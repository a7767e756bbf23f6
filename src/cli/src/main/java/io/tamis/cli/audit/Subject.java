package io.tamis.cli.audit;

import io.tamis.data.Code;
import io.tamis.data.DataException;
import io.tamis.data.DatasetId;
import io.tamis.data.Json;
import io.tamis.data.JsonFields;
import io.tamis.data.Purpose;
import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** One dataset version that a job reads, and what for. */
record Subject(DatasetId dataset, OptionalLong version, Optional<Purpose> purpose) {
    /** Most datasets of one job; the service takes eight. */
    private static final int DATASETS_MAX = 64;

    private static final int NAME_LENGTH_MAX = 64;

    /** What an entry about one dataset names. */
    static Subject of(Seen entry) {
        return read(entry.fields(), "dataset");
    }

    /** What an entry about a job names: one dataset in its own fields, or several in a list, each once. */
    static Set<Subject> allOf(Seen entry) {
        if (entry.member("datasets").isEmpty()) {
            return Set.of(of(entry));
        }
        var listed = entry.fields().list("datasets", DATASETS_MAX, Subject::fromJson);
        var subjects = new HashSet<>(listed);
        if (subjects.size() != listed.size() || entry.member("dataset").isPresent()) {
            throw new DataException(Code.INVALID_REQUEST);
        }
        return Set.copyOf(subjects);
    }

    private static Subject fromJson(Json json) {
        var fields = new JsonFields(json);
        var subject = read(fields, "id");
        fields.end();
        return subject;
    }

    private static Subject read(JsonFields fields, String name) {
        return new Subject(
                new DatasetId(fields.string(name, NAME_LENGTH_MAX)),
                fields.optionalInteger("version", 1, Integer.MAX_VALUE),
                fields.optionalConstant("purpose", Purpose.class));
    }
}
