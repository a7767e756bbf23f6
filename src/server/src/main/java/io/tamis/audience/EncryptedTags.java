package io.tamis.audience;

import io.tamis.audience.keys.KeyEpochs;
import io.tamis.audience.keys.KeyStanding;
import io.tamis.audience.tags.UploadedTag;
import io.tamis.audience.tags.Uploads;
import io.tamis.data.Code;
import io.tamis.data.DatasetId;
import io.tamis.he.KeyEpoch;
import io.tamis.holder.TagName;
import jakarta.inject.Singleton;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/** Under which key all tags of a question are there. */
@Singleton
class EncryptedTags {
    private final KeyEpochs epochs;
    private final Uploads uploads;

    EncryptedTags(KeyEpochs epochs, Uploads uploads) {
        this.epochs = epochs;
        this.uploads = uploads;
    }

    /** A tag that is asked for. */
    record Wanted(DatasetId dataset, int version, TagName tag) {}

    /** What was found. */
    sealed interface Standing {
        /** All of them, whole, under one active key. */
        record There(KeyStanding key, NavigableMap<DatasetId, UploadedTag> tags) implements Standing {
            public There {
                tags = Collections.unmodifiableNavigableMap(new TreeMap<>(tags));
            }
        }

        /** KEY_EPOCH_MISSING or TAGS_MISSING. */
        record Missing(Code code) implements Standing {}
    }

    /** Under the newest active key that has all. */
    Standing find(Handle handle, List<Wanted> wanted) {
        List<KeyStanding> active = epochs.active(handle);
        if (active.isEmpty()) {
            return new Standing.Missing(Code.KEY_EPOCH_MISSING);
        }
        return active.stream()
                .flatMap(key -> under(handle, key, wanted).stream())
                .findFirst()
                .<Standing>map(found -> found)
                .orElseGet(() -> new Standing.Missing(Code.TAGS_MISSING));
    }

    /** Under this key, while it is active. */
    Standing find(Handle handle, KeyEpoch epoch, List<Wanted> wanted) {
        Optional<KeyStanding> key = epochs.find(handle, epoch).filter(KeyStanding::active);
        if (key.isEmpty()) {
            return new Standing.Missing(Code.KEY_EPOCH_MISSING);
        }
        return under(handle, key.get(), wanted)
                .<Standing>map(found -> found)
                .orElseGet(() -> new Standing.Missing(Code.TAGS_MISSING));
    }

    private Optional<Standing.There> under(Handle handle, KeyStanding key, List<Wanted> wanted) {
        var tags = new TreeMap<DatasetId, UploadedTag>();
        for (Wanted one : wanted) {
            Optional<UploadedTag> tag = uploads.tag(handle, key.epoch(), one.dataset(), one.version(), one.tag());
            if (tag.isEmpty()) {
                return Optional.empty();
            }
            tags.put(one.dataset(), tag.get());
        }
        return Optional.of(new Standing.There(key, tags));
    }
}
