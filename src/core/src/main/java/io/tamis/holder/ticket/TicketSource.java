package io.tamis.holder.ticket;

import io.tamis.data.Code;
import io.tamis.data.DataException;
import io.tamis.data.DatasetId;
import io.tamis.data.Hash;
import io.tamis.data.Json;
import io.tamis.data.JsonFields;
import io.tamis.data.Purpose;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * One platform's part of the sum: a tag column of one version, whole.
 *
 * @param attempt the slot round's try, 1 or more
 * @param purpose what the dataset is asked for
 * @param tag name of the tag column
 * @param inputs SHA-256 of each ciphertext as uploaded (header, body, signature), block by block from 0, none left out
 */
public record TicketSource(
        DatasetId dataset, int version, int attempt, Purpose purpose, String tag, List<Hash> inputs) {
    /** Most ciphertexts of one tag: 33 million persons in blocks of 8,192. */
    public static final int INPUTS_MAX = 4096;

    /** Longest name of a tag. */
    public static final int TAG_LENGTH_MAX = 64;

    private static final Pattern TAG = Pattern.compile("[a-z][a-z0-9_]*");

    public TicketSource {
        Objects.requireNonNull(dataset);
        Objects.requireNonNull(purpose);
        inputs = List.copyOf(inputs);
        boolean named = tag.length() <= TAG_LENGTH_MAX && TAG.matcher(tag).matches();
        if (version < 1 || attempt < 1 || !named || inputs.isEmpty() || inputs.size() > INPUTS_MAX) {
            throw new DataException(Code.INVALID_REQUEST);
        }
    }

    Json.Obj toJson() {
        return Json.object()
                .put("dataset", dataset.value())
                .put("version", version)
                .put("attempt", attempt)
                .put("purpose", purpose.name())
                .put("tag", tag)
                .put("inputs", TicketJson.hashes(inputs))
                .build();
    }

    static TicketSource fromJson(Json json) {
        var fields = new JsonFields(json);
        var source = new TicketSource(
                new DatasetId(fields.string("dataset", 64)),
                (int) fields.integer("version", 1, Integer.MAX_VALUE),
                (int) fields.integer("attempt", 1, Integer.MAX_VALUE),
                fields.constant("purpose", Purpose.class),
                fields.string("tag", TAG_LENGTH_MAX),
                fields.list("inputs", INPUTS_MAX, TicketJson::hash));
        fields.end();
        return source;
    }
}
