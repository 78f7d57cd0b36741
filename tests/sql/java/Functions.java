import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.hive.conf.HiveConf;
import org.apache.hadoop.hive.ql.exec.FunctionRegistry;
import org.apache.hadoop.hive.ql.session.SessionState;
import org.apache.hadoop.hive.ql.udf.generic.GenericUDF;
import org.apache.hadoop.hive.serde2.objectinspector.ObjectInspector;
import org.apache.hadoop.hive.serde2.objectinspector.ObjectInspectorConverters;
import org.apache.hadoop.hive.serde2.objectinspector.PrimitiveObjectInspector;
import org.apache.hadoop.hive.serde2.objectinspector.primitive.PrimitiveObjectInspectorFactory;
import org.apache.hadoop.hive.serde2.typeinfo.PrimitiveTypeInfo;
import org.apache.hadoop.hive.serde2.typeinfo.TypeInfoFactory;

/** Calls Hive's functions: a line is a name and arguments, TABs between them, as type:value of a column or type=value. */
public class Functions {
    static List<ObjectInspector> inspectors = new ArrayList<>();
    static List<GenericUDF.DeferredObject> values = new ArrayList<>();

    static void argument(String text) throws Exception {
        int end = text.indexOf('=') < 0 ? text.indexOf(':') : text.indexOf('=');
        PrimitiveTypeInfo type = TypeInfoFactory.getPrimitiveTypeInfo(text.substring(0, end));
        ObjectInspector column = PrimitiveObjectInspectorFactory.getPrimitiveWritableObjectInspector(type);
        Object value = text.substring(end + 1).equals("NULL") ? null : ObjectInspectorConverters
            .getConverter(PrimitiveObjectInspectorFactory.javaStringObjectInspector, column)
            .convert(text.substring(end + 1));
        inspectors.add(text.charAt(end) == ':' ? column
            : PrimitiveObjectInspectorFactory.getPrimitiveWritableConstantObjectInspector(type, value));
        values.add(new GenericUDF.DeferredJavaObject(value));
    }

    public static void main(String[] unused) throws Exception {
        SessionState.setCurrentSessionState(new SessionState(new HiveConf()));
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in));
        for (String line; (line = lines.readLine()) != null; inspectors.clear(), values.clear()) {
            String answer;
            try {
                String[] parts = line.split("\t", -1);
                for (int i = 1; i < parts.length; i++) argument(parts[i]);
                GenericUDF function = FunctionRegistry.getFunctionInfo(parts[0]).getGenericUDF();
                PrimitiveObjectInspector result = (PrimitiveObjectInspector)
                    function.initializeAndFoldConstants(inspectors.toArray(new ObjectInspector[0]));
                Object found = function.evaluate(values.toArray(new GenericUDF.DeferredObject[0]));
                answer = result.getTypeName() + "\t" + (found == null ? null : result.getPrimitiveJavaObject(found));
            } catch (Exception refused) {
                answer = "refused";
            }
            System.out.println("answer\t" + answer);
        }
    }
}
