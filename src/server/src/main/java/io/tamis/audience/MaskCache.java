package io.tamis.audience;

import io.tamis.audience.keys.KeyStanding;
import io.tamis.audience.tickets.KeySchemes;
import io.tamis.he.Bfv;
import io.tamis.he.mask.CachedMaskForms;
import io.tamis.he.mask.MaskForms;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Transformed masks of recent jobs: the same segments over the same version are asked about again and again, and making the
 * forms is most of the work. In memory only. Bounded for each profile, of which there are three.
 */
@Singleton
class MaskCache {
    /** 600 blocks of AGG-8192: five segments of a million users. */
    private static final long BYTES_MAX = 128L << 20;

    private final KeySchemes schemes;
    private final Map<String, CachedMaskForms> forms = new ConcurrentHashMap<>();

    MaskCache(KeySchemes schemes) {
        this.schemes = schemes;
    }

    Bfv scheme(KeyStanding key) {
        return schemes.of(key);
    }

    MaskForms forms(KeyStanding key) {
        return forms.computeIfAbsent(
                key.roster().profile().value(), _ -> new CachedMaskForms(schemes.of(key), BYTES_MAX));
    }
}
