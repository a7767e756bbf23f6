package io.tamis.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tamis.crypto.KeyName;
import io.tamis.crypto.KeyProvider;
import io.tamis.ledger.EntryFacets.Facet;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * What the filters hold instead of values: 64 bits of an HMAC-SHA256 under a root key, by facet and value. Assumes the HMAC
 * to be a PRF. Who reads the database without the key learns which blocks share a value and how many do, not which value;
 * two values that meet cost a block read in vain, never an entry missed.
 */
@Singleton
final class SearchTokens {
    /** Values whose token is remembered: parties, datasets, types and the jobs of the moment. */
    private static final int REMEMBERED_MAX = 4096;

    private static final byte[] PURPOSE = "tamis-ledger-search-v1".getBytes(UTF_8);

    private final KeyProvider keys;
    private final Map<String, Long> remembered = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > REMEMBERED_MAX;
        }
    };

    SearchTokens(KeyProvider keys) {
        this.keys = keys;
    }

    /** The tokens of all values. */
    Set<Long> of(Map<Facet, Set<String>> facets) {
        var tokens = new HashSet<Long>();
        facets.forEach((facet, values) -> values.forEach(value -> tokens.add(token(facet, value))));
        return tokens;
    }

    /** The token of one value. */
    synchronized long token(Facet facet, String value) {
        return remembered.computeIfAbsent(facet.name() + "=" + value, name -> computed(facet, value));
    }

    private long computed(Facet facet, String value) {
        var mac = keys.mac(KeyName.LEDGER_SEARCH, PURPOSE, facet.name().getBytes(UTF_8), value.getBytes(UTF_8));
        return ByteBuffer.wrap(mac.bytes()).getLong();
    }
}
