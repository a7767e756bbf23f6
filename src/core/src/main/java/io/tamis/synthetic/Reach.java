package io.tamis.synthetic;

import io.tamis.data.Json;
import java.util.Arrays;

/** Who was reached how often, per phone: on video, on the messenger, on either. */
final class Reach {
    /** The last bucket is "or more". */
    static final int FREQUENCY_BUCKETS = 10;

    private final long[] video = new long[FREQUENCY_BUCKETS];
    private final long[] messenger = new long[FREQUENCY_BUCKETS];
    private final long[] either = new long[FREQUENCY_BUCKETS];
    private long both;

    /** Counts a person: one phone if both platforms know the same, else two that nobody can tell are one person's. */
    void count(int onVideo, int onMessenger, boolean samePhone) {
        count(video, onVideo);
        count(messenger, onMessenger);
        if (samePhone) {
            count(either, onVideo + onMessenger);
            both += onVideo > 0 && onMessenger > 0 ? 1 : 0;
        } else {
            count(either, onVideo);
            count(either, onMessenger);
        }
    }

    private static void count(long[] buckets, int frequency) {
        if (frequency > 0) {
            buckets[Math.min(frequency, FREQUENCY_BUCKETS) - 1]++;
        }
    }

    void add(Reach other) {
        Tally.add(video, other.video);
        Tally.add(messenger, other.messenger);
        Tally.add(either, other.either);
        both += other.both;
    }

    Json.Obj toJson(Window window) {
        long union = Arrays.stream(either).sum();
        long onVideo = Arrays.stream(video).sum();
        long onMessenger = Arrays.stream(messenger).sum();
        return Json.object()
                .put("campaign", window.campaign().value())
                .put("from", window.from().toString())
                .put("to", window.to().toString())
                .put(
                        "reach",
                        Json.object()
                                .put("video-exposures", onVideo)
                                .put("messenger-exposures", onMessenger)
                                .put("both", both)
                                .put("either", union)
                                .build())
                .put(
                        "incrementalReach",
                        Json.object()
                                .put("messengerOverVideo", union - onVideo)
                                .put("videoOverMessenger", union - onMessenger)
                                .build())
                .put(
                        "frequency",
                        Json.object()
                                .put("video-exposures", Tally.array(video))
                                .put("messenger-exposures", Tally.array(messenger))
                                .put("either", Tally.array(either))
                                .build())
                .put("atLeast", Tally.array(suffixSums(either)))
                .build();
    }

    private static long[] suffixSums(long[] buckets) {
        long[] sums = buckets.clone();
        for (int i = sums.length - 2; i >= 0; i--) {
            sums[i] += sums[i + 1];
        }
        return sums;
    }
}
