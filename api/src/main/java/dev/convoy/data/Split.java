package dev.convoy.data;

import dev.convoy.tensor.SplitMix64;
import dev.convoy.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A data set in two parts, to train on and to test with. Each sample is in one of them.
 *
 * @param first in random order
 * @param second in random order
 */
public record Split(Dataset first, Dataset second) {

    private static final int TARGETS_AT_ONCE = 1024;

    static Split random(Dataset data, double fraction, long seed) {
        int[] order = IntStream.range(0, data.size()).toArray();
        shuffle(order, SplitMix64.of(seed).stream("split"));
        return at(data, order, count(fraction, order.length), fraction);
    }

    static Split byClass(Dataset data, double fraction, long seed) {
        SplitMix64 random = SplitMix64.of(seed).stream("split by class");
        Map<Tensor, List<Integer>> classes = classes(data);
        List<Integer> first = new ArrayList<>();
        List<Integer> second = new ArrayList<>();
        int stratum = 0;
        for (List<Integer> members : classes.values()) {
            int[] order = members.stream().mapToInt(Integer::intValue).toArray();
            shuffle(order, random.stream(stratum++));
            int count = count(fraction, order.length);
            for (int i = 0; i < order.length; i++) {
                (i < count ? first : second).add(order[i]);
            }
        }
        int[] all = new int[data.size()];
        copy(first, all, 0, random.stream("first"));
        copy(second, all, first.size(), random.stream("second"));
        return at(data, all, first.size(), fraction);
    }

    private static Map<Tensor, List<Integer>> classes(Dataset data) {
        Map<Tensor, List<Integer>> classes = new LinkedHashMap<>();
        for (int from = 0; from < data.size(); from += TARGETS_AT_ONCE) {
            int[] samples = IntStream.range(from, Math.min(from + TARGETS_AT_ONCE, data.size()))
                    .toArray();
            Tensor targets = data.batch(samples).targets();
            Dataset rows = Dataset.of(targets, targets);
            for (int i = 0; i < samples.length; i++) {
                Tensor key = rows.batch(new int[] {i}).targets();
                classes.computeIfAbsent(key, unused -> new ArrayList<>()).add(samples[i]);
            }
        }
        return classes;
    }

    private static int count(double fraction, int size) {
        if (!(fraction > 0 && fraction < 1)) {
            throw new IllegalArgumentException("The fraction is between 0 and 1, got " + fraction);
        }
        return (int) Math.round(fraction * size);
    }

    private static void copy(List<Integer> part, int[] all, int at, SplitMix64 random) {
        int[] order = part.stream().mapToInt(Integer::intValue).toArray();
        shuffle(order, random);
        System.arraycopy(order, 0, all, at, order.length);
    }

    /** Fisher and Yates' shuffle. */
    private static void shuffle(int[] order, SplitMix64 numbers) {
        for (int i = order.length - 1; i > 0; i--) {
            int j = (int) (numbers.uniform(i) * (i + 1));
            int swapped = order[i];
            order[i] = order[j];
            order[j] = swapped;
        }
    }

    private static Split at(Dataset data, int[] order, int count, double fraction) {
        if (count == 0 || count == order.length) {
            throw new IllegalArgumentException("A fraction of " + fraction + " of " + order.length
                    + " samples leaves one part empty. Remedy: take another fraction, or more samples");
        }
        return new Split(
                data.select(Arrays.copyOf(order, count)), data.select(Arrays.copyOfRange(order, count, order.length)));
    }
}
