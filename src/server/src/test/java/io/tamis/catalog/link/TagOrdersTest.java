package io.tamis.catalog.link;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tamis.crypto.SecretBytes;
import io.tamis.crypto.TagOrder;
import io.tamis.data.DatasetId;
import io.tamis.data.IdentifierText;
import io.tamis.data.Semantic;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TagOrdersTest {
    private static final DatasetId USERS = new DatasetId("users");

    @TempDir
    Path temporary;

    /** The owner reads its file, the server its sidecar of normalised identifiers: one order. */
    @Test
    void order_ofAStoredVersion_isTheOwnersOrderOfItsFile() throws IOException {
        var mobiles = new ArrayList<String>();
        for (int i = 0; i < 4_000; i++) {
            mobiles.add("+86 139-%04d-%04d".formatted(i % 97, i));
        }
        var version = Links.version(temporary.resolve("v"), mobiles);
        var units = new ArrayList<String>();
        try (var source = version.units()) {
            for (int bucket : source.buckets()) {
                try (var persons = source.open(bucket)) {
                    while (persons.next()) {
                        units.add(new String(persons.identifier(), 0, persons.identifierLength(), UTF_8));
                    }
                }
            }
        }
        try (var key = SecretBytes.copyOf(new byte[TagOrder.KEY_BYTES]);
                var source = version.units();
                var owner = new TagOrder.Builder(key, USERS, 1, mobiles.size())) {
            TagOrder server = TagOrders.of(source, key, USERS, 1, 0);
            List<String> normal = mobiles.stream()
                    .map(mobile -> IdentifierText.normalise(new Semantic("CN_MOBILE"), mobile)
                            .orElseThrow())
                    .toList();
            normal.forEach(mobile -> owner.add(mobile.getBytes(UTF_8), 0, mobile.length()));
            TagOrder platform = owner.finish();
            assertEquals(platform.hash(), server.hash());
            for (int position = 0; position < platform.persons(); position++) {
                assertEquals(normal.get(platform.arrivalAt(position)), units.get(server.arrivalAt(position)));
            }
        }
    }
}
