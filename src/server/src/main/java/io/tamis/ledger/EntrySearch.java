package io.tamis.ledger;

import io.tamis.ledger.LogReader.Found;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Finds entries by what they say, in the log's order. Blocks whose filter cannot match are passed over; the rest is opened
 * and read, filter or not, so a filter that is missing or too broad costs time and never an entry. A request reads at most
 * {@link #BLOCKS_MAX} blocks: a page may be short or empty and still have a {@code next}.
 *
 * <p>A cursor is a place in the log, and places are final: entries that arrive meanwhile come after it.
 */
@Singleton
final class EntrySearch {
    /** Most blocks read for one request: 65,536 entries, about half a second. */
    static final int BLOCKS_MAX = 64;

    private final Jdbi jdbi;
    private final LogReader reader;
    private final SearchTokens tokens;

    EntrySearch(Jdbi jdbi, LogReader reader, SearchTokens tokens) {
        this.jdbi = jdbi;
        this.reader = reader;
        this.tokens = tokens;
    }

    /** What was found, and from where to go on; no place when the log's end was reached. */
    record Page(List<Found> items, OptionalLong next) {
        Page {
            items = List.copyOf(items);
        }
    }

    /** At most {@code max} entries of a log from place {@code first} on. */
    Page search(short log, EntryQuery query, long first, int max) {
        if (query.all()) {
            var page = reader.page(log, first, max);
            return new Page(
                    page, page.size() < max ? OptionalLong.empty() : OptionalLong.of(place(page.getLast()) + 1));
        }
        var blocks = jdbi.withHandle(handle -> blocks(handle, log, query, first));
        var items = new ArrayList<Found>();
        for (long block : blocks) {
            for (var found : block(log, block, first)) {
                if (found.opened()
                        .filter(content -> query.matches(content.event()))
                        .isPresent()) {
                    items.add(found);
                    if (items.size() == max) {
                        return new Page(items, OptionalLong.of(place(found) + 1));
                    }
                }
            }
        }
        // Fewer than were allowed: these were all there are, up to the log's end as it was.
        boolean done = blocks.size() < BLOCKS_MAX;
        return new Page(
                items, done ? OptionalLong.empty() : OptionalLong.of((blocks.getLast() + 1) * BlockFilters.BLOCK));
    }

    /** The blocks to read: those whose filter may match, then those without one. */
    private List<Long> blocks(Handle handle, short log, EntryQuery query, long first) {
        long from = first / BlockFilters.BLOCK;
        // The size before the filters: what is indexed meanwhile is then read as a candidate, not passed over.
        long size = LogHead.size(handle, log);
        long indexed = BlockFilters.indexed(handle, log);
        var asked = query.facets().entrySet().stream()
                .map(facet -> tokens.token(facet.getKey(), facet.getValue()))
                .toList();
        var blocks = new ArrayList<>(BlockFilters.candidates(handle, log, from, asked, query, BLOCKS_MAX));
        blocks.removeIf(block -> block >= indexed);
        long end = (size + BlockFilters.BLOCK - 1) / BlockFilters.BLOCK;
        LongStream.range(Math.max(from, indexed), end)
                .limit(BLOCKS_MAX - (long) blocks.size())
                .forEach(blocks::add);
        return blocks;
    }

    private List<Found> block(short log, long block, long first) {
        long start = Math.max(block * BlockFilters.BLOCK, first);
        long end = (block + 1) * BlockFilters.BLOCK;
        return reader.page(log, start, (int) (end - start)).stream()
                .filter(found -> place(found) < end)
                .toList();
    }

    private static long place(Found found) {
        return found.index().getAsLong();
    }
}
