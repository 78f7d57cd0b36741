import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Scanner;
import org.apache.hadoop.hive.ql.udf.UDAFPercentile.PercentileLongEvaluator;
import org.apache.hadoop.hive.ql.udf.generic.*;
import org.apache.hadoop.hive.serde2.objectinspector.ObjectInspector;
import org.apache.hadoop.hive.serde2.objectinspector.primitive.PrimitiveObjectInspectorFactory;
import org.apache.hadoop.hive.serde2.typeinfo.TypeInfo;
import org.apache.hadoop.hive.serde2.typeinfo.TypeInfoFactory;
import org.apache.hadoop.io.LongWritable;

/** Answers questions of lines, parts between tabs and values between blanks, by Hive's own classes of aggregates. */
public class Aggregates {
    public static void main(String[] arguments) throws Exception {
        Scanner input = new Scanner(System.in, "UTF-8");
        while (input.hasNextLine()) {
            String[] parts = input.nextLine().split("\t");
            System.out.println(answer(parts[0], parts));
        }
    }

    static String answer(String kind, String[] parts) throws Exception {
        switch (kind) {
            case "histogram": return histogram(Integer.parseInt(parts[1]), numbers(parts[2]));
            case "percentile": return percentile(Double.parseDouble(parts[1]), numbers(parts[2]));
            case "ngrams": return ngrams(Integer.parseInt(parts[1]), Integer.parseInt(parts[2]), parts[3].split(" "));
            case "corr": return folded(new GenericUDAFCorrelation(), numbers(parts[1]), numbers(parts[2]));
            case "covar_pop": return folded(new GenericUDAFCovariance(), numbers(parts[1]), numbers(parts[2]));
            default: return folded(new GenericUDAFVariance(), numbers(parts[1]));
        }
    }

    static double[] numbers(String text) {
        return Arrays.stream(text.split(" ")).mapToDouble(Double::parseDouble).toArray();
    }

    static String histogram(int bins, double[] values) {
        NumericHistogram histogram = new NumericHistogram();
        histogram.allocate(bins);
        for (double value : values) histogram.add(value);
        List<Object> shown = new ArrayList<>(histogram.serialize());
        for (double share : new double[] {0.0, 0.1, 0.5, 0.9, 1.0}) shown.add(histogram.quantile(share));
        return shown.toString();
    }

    static String percentile(double share, double[] values) {
        PercentileLongEvaluator evaluator = new PercentileLongEvaluator();
        evaluator.init();
        for (double value : values) evaluator.iterate(new LongWritable((long) value), share);
        return evaluator.terminate().toString();
    }

    static String ngrams(int k, int factor, String[] words) throws Exception {
        NGramEstimator estimator = new NGramEstimator();
        estimator.initialize(k, factor, 2);
        for (int at = words.length - 2; at >= 0; at--) {
            estimator.add(new ArrayList<>(Arrays.asList(words[at], words[at + 1])));
        }
        StringBuilder shown = new StringBuilder();
        for (Object[] each : estimator.getNGrams()) shown.append(each[0]).append(each[1]);
        return shown.toString();
    }

    static String folded(GenericUDAFResolver function, double[]... columns) throws Exception {
        TypeInfo[] types = new TypeInfo[columns.length];
        ObjectInspector[] inspectors = new ObjectInspector[columns.length];
        Arrays.fill(types, TypeInfoFactory.doubleTypeInfo);
        Arrays.fill(inspectors, PrimitiveObjectInspectorFactory.javaDoubleObjectInspector);
        GenericUDAFEvaluator evaluator = function.getEvaluator(types);
        evaluator.init(GenericUDAFEvaluator.Mode.COMPLETE, inspectors);
        GenericUDAFEvaluator.AggregationBuffer buffer = evaluator.getNewAggregationBuffer();
        for (int row = 0; row < columns[0].length; row++) {
            Object[] values = new Object[columns.length];
            for (int column = 0; column < columns.length; column++) values[column] = columns[column][row];
            evaluator.iterate(buffer, values);
        }
        return String.valueOf(evaluator.evaluate(buffer));
    }
}
