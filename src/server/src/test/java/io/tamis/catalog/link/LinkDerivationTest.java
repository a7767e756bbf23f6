package io.tamis.catalog.link;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinkDerivationTest {
    @TempDir
    Path temporary;

    @Test
    void links_ofAVersion_areTheFirst64BitsOfItsPersonsPseudonyms() throws IOException {
        var mobiles = new ArrayList<String>();
        for (int i = 0; i < 3_000; i++) {
            mobiles.add("138%08d".formatted(i));
        }
        var version = Links.version(temporary.resolve("v"), mobiles);
        var linked = Links.derive(temporary.resolve("l"), version.units(), Links.SCOPE);
        var links = Links.read(linked);
        var expected = new TreeSet<Long>(Long::compareUnsigned);
        for (String mobile : mobiles) {
            expected.add(ByteBuffer.wrap(
                            Links.PSEUDONYMS.of(Links.SCOPE, "+86" + mobile).bytes())
                    .getLong());
        }
        assertEquals(List.copyOf(expected), List.copyOf(links.keySet()));
        assertEquals(3_000, linked.units());
        assertEquals(3_000, new HashSet<>(links.values()).size());
    }
}
