import java.io.PrintStream;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Scanner;
import org.apache.hadoop.hive.ql.udf.generic.GenericUDF;
import org.apache.hadoop.hive.ql.udf.generic.GenericUDF.DeferredJavaObject;
import org.apache.hadoop.hive.ql.udf.generic.GenericUDF.DeferredObject;
import org.apache.hadoop.hive.serde2.io.DoubleWritable;
import org.apache.hadoop.hive.serde2.objectinspector.ObjectInspector;
import org.apache.hadoop.hive.serde2.objectinspector.ObjectInspectorUtils;
import org.apache.hadoop.hive.serde2.objectinspector.primitive.PrimitiveObjectInspectorFactory;
import org.apache.hadoop.hive.serde2.typeinfo.PrimitiveTypeInfo;
import org.apache.hadoop.hive.serde2.typeinfo.TypeInfoFactory;
import org.apache.hadoop.io.IntWritable;
import org.apache.hadoop.io.LongWritable;
import org.apache.hadoop.io.Text;

/**
 * Answers questions of a line each by Hive's own classes of functions: a class's name and its arguments, each a letter
 * for its type (string, int, long, double) and its value in base 64.
 */
public class Texts {
    public static void main(String[] arguments) throws Exception {
        Scanner input = new Scanner(System.in, "UTF-8");
        PrintStream output = new PrintStream(System.out, false, "UTF-8");
        while (input.hasNextLine()) {
            String answer;
            try {
                answer = answer(input.nextLine().split("\t", -1));
            } catch (Exception refused) {
                answer = "refused";
            }
            output.println(Base64.getEncoder().encodeToString(answer.getBytes(StandardCharsets.UTF_8)));
        }
        output.flush();
    }

    static String answer(String[] parts) throws Exception {
        Object function = Class.forName("org.apache.hadoop.hive.ql.udf." + parts[0]).getConstructor().newInstance();
        Object[] values = new Object[parts.length - 1];
        PrimitiveTypeInfo[] types = new PrimitiveTypeInfo[values.length];
        for (int at = 0; at < values.length; at++) {
            String text = new String(Base64.getDecoder().decode(parts[at + 1].substring(1)), StandardCharsets.UTF_8);
            switch (parts[at + 1].charAt(0)) {
                case 'i': types[at] = TypeInfoFactory.intTypeInfo; values[at] = new IntWritable(Integer.parseInt(text)); break;
                case 'l': types[at] = TypeInfoFactory.longTypeInfo; values[at] = new LongWritable(Long.parseLong(text)); break;
                case 'd': types[at] = TypeInfoFactory.doubleTypeInfo; values[at] = new DoubleWritable(Double.parseDouble(text)); break;
                default: types[at] = TypeInfoFactory.stringTypeInfo; values[at] = new Text(text);
            }
        }
        return function instanceof GenericUDF
                ? evaluated((GenericUDF) function, types, values)
                : String.valueOf(evaluated(function, values));
    }

    static String evaluated(GenericUDF function, PrimitiveTypeInfo[] types, Object[] values) throws Exception {
        ObjectInspector[] inspectors = new ObjectInspector[values.length];
        DeferredObject[] deferred = new DeferredObject[values.length];
        for (int at = 0; at < values.length; at++) {
            inspectors[at] = PrimitiveObjectInspectorFactory.getPrimitiveWritableConstantObjectInspector(types[at], values[at]);
            deferred[at] = new DeferredJavaObject(values[at]);
        }
        ObjectInspector result = function.initialize(inspectors);
        return String.valueOf(ObjectInspectorUtils.copyToStandardJavaObject(function.evaluate(deferred), result));
    }

    /** Calls the method that takes the values, as they are or as what Java has for them. */
    static Object evaluated(Object function, Object[] values) throws Exception {
        for (Method method : function.getClass().getMethods()) {
            Class<?>[] wanted = method.getParameterTypes();
            if (!method.getName().equals("evaluate") || wanted.length != values.length) continue;
            Object[] given = new Object[values.length];
            boolean fits = true;
            for (int at = 0; at < given.length; at++) {
                boolean isText = wanted[at] == String.class && values[at] instanceof Text;
                boolean isInt = wanted[at] == Integer.class && values[at] instanceof IntWritable;
                given[at] = isText ? values[at].toString() : isInt ? (Object) ((IntWritable) values[at]).get() : values[at];
                fits &= isText || isInt || wanted[at].isInstance(values[at]);
            }
            if (fits) return method.invoke(function, given);
        }
        throw new IllegalArgumentException(function.getClass().getName());
    }
}
