package io.tamis.catalog.link;

import io.tamis.catalog.load.UnitSource;
import io.tamis.crypto.SecretBytes;
import io.tamis.crypto.TagOrder;
import io.tamis.data.Code;
import io.tamis.data.DatasetId;
import java.io.IOException;

/** The order of a stored version's persons in encrypted tags. */
public final class TagOrders {
    private TagOrders() {}

    /**
     * The order of all persons of the version; they arrive in the order of their unit numbers, which for a dataset of one row
     * a person is the order of the rows in its scan files.
     *
     * @param expected about how many persons there are, 0 when that is not known
     */
    public static TagOrder of(UnitSource units, SecretBytes key, DatasetId dataset, int version, int expected) {
        try (var builder = new TagOrder.Builder(key, dataset, version, expected)) {
            for (int bucket : units.buckets()) {
                try (var persons = units.open(bucket)) {
                    while (persons.next()) {
                        builder.add(persons.identifier(), 0, persons.identifierLength());
                    }
                }
            }
            return builder.finish();
        } catch (IOException failed) {
            throw new LinkException(Code.INTERNAL, failed);
        }
    }
}
