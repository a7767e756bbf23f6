package io.tamis.catalog.load;

import io.tamis.crypto.KeyName;
import io.tamis.crypto.KeyProvider;
import io.tamis.data.Column;
import io.tamis.data.DatasetId;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * The private dictionary of a string column without declared domain: which strings occur is itself a secret, so it is
 * sealed, and its codes are in the order of a keyed hash, which says nothing about the strings or their order in the file.
 */
final class Dictionary {
    /** Most entries of a column that declares no capacity; a scan's group arrays are no longer either. */
    static final int ENTRIES_MAX = 1 << 20;

    /** Most UTF-16 units over all dictionaries of one import: they are the only part that grows with the data. */
    static final int CHARS_MAX = 1 << 24;

    private static final byte[] DOMAIN = "tamis-dictionary-v1".getBytes(StandardCharsets.UTF_8);

    private final Column column;
    private final int entriesMax;
    private final Map<String, Integer> numbers = new HashMap<>();
    private int charsLeft;

    /** An empty dictionary that may hold {@code charsMax} UTF-16 units. */
    Dictionary(Column column, int charsMax) {
        this.column = column;
        this.entriesMax = column.keyCapacity().orElse(ENTRIES_MAX);
        this.charsLeft = charsMax;
    }

    Column column() {
        return column;
    }

    /** The number of this string in order of first sight, from 1; {@link FieldReader#BAD} beyond the capacity. */
    long number(String value) {
        Integer known = numbers.get(value);
        if (known != null) {
            return known;
        }
        charsLeft -= value.length();
        if (numbers.size() == entriesMax || charsLeft < 0) {
            return FieldReader.BAD;
        }
        numbers.put(value, numbers.size() + 1);
        return numbers.size();
    }

    /** Writes the strings in the order of their final codes; returns the final code of each number, 0 for 0 (NULL). */
    int[] finish(KeyProvider keys, DatasetId dataset, OutputStream out) throws IOException {
        try (var key = FamilyKey.derive(
                keys, KeyName.DATASET_MAC, DOMAIN, dataset, column.name().value())) {
            var values = new String[numbers.size()];
            numbers.forEach((value, number) -> values[number - 1] = value);
            var order = new Integer[values.length];
            var hashes = new byte[values.length][];
            for (int i = 0; i < values.length; i++) {
                order[i] = i;
                hashes[i] = key.mac(values[i].getBytes(StandardCharsets.UTF_8));
            }
            Arrays.sort(order, Comparator.comparing(i -> hashes[i], Arrays::compareUnsigned));
            var codes = new int[values.length + 1];
            var data = new DataOutputStream(out);
            for (int code = 1; code <= order.length; code++) {
                codes[order[code - 1] + 1] = code;
                byte[] utf8 = values[order[code - 1]].getBytes(StandardCharsets.UTF_8);
                data.writeInt(utf8.length);
                data.write(utf8);
            }
            data.flush();
            return codes;
        }
    }

    /**
     * Looks strings up in what {@link #finish} wrote, all in one pass. It always reads to the end: stopping at the last hit
     * would tell by the time it takes which strings occur.
     */
    static Map<String, Integer> find(InputStream in, Set<String> wanted) throws IOException {
        var found = new HashMap<String, Integer>();
        var data = new DataInputStream(in);
        for (int code = 1; ; code++) {
            String entry;
            try {
                entry = new String(data.readNBytes(data.readInt()), StandardCharsets.UTF_8);
            } catch (EOFException end) {
                return Map.copyOf(found);
            }
            if (wanted.contains(entry)) {
                found.put(entry, code);
            }
        }
    }
}
