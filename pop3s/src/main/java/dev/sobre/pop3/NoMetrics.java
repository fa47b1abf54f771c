package dev.sobre.pop3;

import java.time.Duration;
import org.apache.james.metrics.api.Metric;
import org.apache.james.metrics.api.MetricFactory;
import org.apache.james.metrics.api.TimeMetric;
import org.reactivestreams.Publisher;

/** The metrics that James's handlers insist on taking, taken by nobody. */
@SuppressWarnings("deprecation") // the interface makes us implement what it deprecates
final class NoMetrics implements MetricFactory {

    private static final TimeMetric UNTIMED = new Untimed();

    @Override
    public Metric generate(String name) {
        throw new UnsupportedOperationException("no handler of the chain counts");
    }

    @Override
    public TimeMetric timer(String name) {
        return UNTIMED;
    }

    @Override
    public <T> Publisher<T> decoratePublisherWithTimerMetric(String name, Publisher<T> publisher) {
        return publisher;
    }

    @Override
    public <T> Publisher<T> decoratePublisherWithTimerMetricLogP99(
            String name, Publisher<T> publisher) {
        return publisher;
    }

    private record Nothing() implements TimeMetric.ExecutionResult {

        @Override
        public Duration elasped() {
            return Duration.ZERO;
        }

        @Override
        public TimeMetric.ExecutionResult logWhenExceedP99(Duration threshold) {
            return this;
        }
    }

    private record Untimed() implements TimeMetric {

        @Override
        public String name() {
            return "untimed";
        }

        @Override
        public ExecutionResult stopAndPublish() {
            return new Nothing();
        }
    }
}
