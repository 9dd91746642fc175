import type { LocalText } from '../../catalogues/language.ts';
import { REFUSAL_TEXTS } from './refusal-texts.ts';

/** Values that a problem's text names, by their name in braces; some differ by language. */
export type ProblemParams = Readonly<Record<string, string | number | LocalText>>;

/** What is wrong in words, by its code; `{value}` is the cell. Each says what is allowed or what to do. */
export const PROBLEM_TEXTS = {
  ...REFUSAL_TEXTS,
  'address-invalid': {
    vi: '"{value}" không phải địa chỉ IP: viết như 192.0.2.1 hoặc 2001:db8::1',
    en: '"{value}" is no IP address: write it as 192.0.2.1 or 2001:db8::1',
  },
  'agency-out-of-scope': {
    vi: 'Cơ quan "{value}" không có trong danh mục mà tài khoản này được sửa: kiểm tra lại mã',
    en: 'The agency "{value}" is not in the part of the register that this account may change: look at the code again',
  },
  'agency-unknown': {
    vi: 'Cơ quan "{value}" chưa có trong danh mục: nạp bảng cơ quan trước, hoặc sửa mã',
    en: 'The agency "{value}" is not in the register: import the table of agencies first, or correct the code',
  },
  'cell-too-long': {
    vi: 'Ô có {length} ký tự, được phép tối đa {max}: rút ngắn lại',
    en: 'The cell has {length} characters, allowed are at most {max}: shorten it',
  },
  'choice-unknown': {
    vi: 'Không hiểu "{value}", được phép: {allowed}',
    en: 'Cannot read "{value}", allowed are: {allowed}',
  },
  'code-invalid': {
    vi: 'Không đọc được mã định danh "{value}": cần một chữ cái A-Y, hai chữ số, rồi các cấp sau dấu chấm, ví dụ H47.12',
    en: 'Cannot read the agency code "{value}": allowed are a letter A to Y, two digits, then levels behind dots, such as H47.12',
  },
  'code-reversed': {
    vi: 'Mã "{value}" viết theo dạng cũ, được hiểu là {code}',
    en: 'The code "{value}" is in the old form and was read as {code}',
  },
  'column-duplicate': {
    vi: 'Cột "{value}" có hai lần, cùng nghĩa với cột {other}: bỏ bớt một cột',
    en: 'The column "{value}" is there twice, it means the same as column {other}: remove one',
  },
  'column-missing': {
    vi: 'Thiếu cột "{heading}": thêm cột này vào tệp',
    en: 'The column "{heading}" is missing: add it to the file',
  },
  'column-unknown': {
    vi: 'Không có cột nào tên "{value}". {advice}',
    en: 'There is no column "{value}". {advice}',
  },
  'count-ambiguous': {
    vi: 'Không rõ số "{value}": viết liền (1234) hoặc dùng dấu chấm ngăn hàng nghìn (1.234), không dùng dấu phẩy',
    en: 'The number "{value}" can be read in two ways: write it whole (1234) or with dots between thousands (1.234), without a comma',
  },
  'count-invalid': {
    vi: 'Không đọc được số "{value}": cần số nguyên từ {min} đến {max}',
    en: 'Cannot read the number "{value}": allowed are whole numbers from {min} to {max}',
  },
  'date-invalid': {
    vi: 'Không đọc được ngày "{value}": viết dd/MM/yyyy hoặc yyyy-mm-dd, ví dụ 01/07/2025',
    en: 'Cannot read the date "{value}": allowed are dd/MM/yyyy and yyyy-mm-dd, such as 01/07/2025',
  },
  'date-number': {
    vi: 'Ô chứa số {value}, không phải ngày: trong Excel đặt định dạng ô (Format Cells) là Ngày (Date) rồi lưu lại, hoặc gõ dd/MM/yyyy, ví dụ 01/07/2025',
    en: 'The cell holds the number {value} and no date: set the format of the cell to Date in Excel and save again, or type dd/MM/yyyy, such as 01/07/2025',
  },
  'duplicate-row': {
    vi: '"{value}" đã có ở dòng {other}: gộp hai dòng hoặc bỏ một dòng',
    en: '"{value}" is in line {other} already: join the two lines or remove one',
  },
  'empty-cell': {
    vi: 'Ô "{heading}" để trống: phải điền',
    en: 'The cell "{heading}" is empty: it must be filled in',
  },
  'empty-cell-merged': {
    vi: 'Ô "{heading}" để trống vì là một phần của ô gộp, mà giá trị chỉ nằm ở ô trên cùng bên trái: bỏ gộp ô (Unmerge Cells) rồi điền từng dòng',
    en: 'The cell "{heading}" is empty as it is part of merged cells, of which only the first one holds the value: unmerge them and fill in every line',
  },
  'empty-file': {
    vi: 'Không có dòng dữ liệu nào: điền các dòng dưới dòng tiêu đề',
    en: 'There is no row: fill in the lines below the headings',
  },
  'formula-error': {
    vi: 'Ô có công thức lỗi {value}: sửa công thức hoặc gõ giá trị',
    en: 'The cell holds the failed formula {value}: mend the formula or type the value',
  },
  'item-id-invalid': {
    vi: 'Không dùng được mã "{value}": chỉ gồm chữ không dấu, số, dấu chấm, gạch dưới, gạch nối, tối đa 64 ký tự',
    en: 'Cannot use the id "{value}": allowed are letters without accents, digits, dot, underscore and hyphen, at most 64 characters',
  },
  'more-than-officials': {
    vi: '{heading} ({value}) nhiều hơn số CBCCVC ({other}): kiểm tra lại hai số',
    en: '{heading} ({value}) exceeds the number of officials ({other}): look at both again',
  },
  'no-source': {
    vi: 'Chưa ghi nguồn số liệu: tên tệp "{source}" được ghi làm nguồn. Thêm cột "Nguồn" hoặc tùy chọn --source với số văn bản',
    en: 'No source is given: the name of the file, "{source}", is kept as the source. Add the column "Source" or the option --source with the number of the document',
  },
  'product-unknown': {
    vi: 'Không có phần mềm "{value}" trong danh mục phần mềm phòng, chống mã độc, được phép: {allowed}',
    en: 'There is no product "{value}" in the antivirus catalogue, allowed are: {allowed}',
  },
  'register-contradiction': { vi: '{reason}', en: '{reason}' },
  'range-invalid': {
    vi: '"{value}" không phải dải địa chỉ: viết dạng CIDR không có phần máy, ví dụ 192.0.2.0/24',
    en: '"{value}" is no address range: write it in CIDR notation without host bits, such as 192.0.2.0/24',
  },
  'row-too-wide': {
    vi: 'Dòng có {count} ô nhưng chỉ có {max} cột tiêu đề: thường do thừa dấu ngăn cách hoặc thiếu dấu nháy kép',
    en: 'The line has {count} cells but there are only {max} headings: mostly a delimiter too many, or a quote that is missing',
  },
  'sheet-duplicate': {
    vi: 'Hai trang tính cùng là bảng "{value}": gộp lại thành một',
    en: 'Two sheets are the table "{value}": join them into one',
  },
  'sheet-unknown': {
    vi: 'Không rõ trang tính "{value}" là bảng nào: xóa trang đó, hoặc đổi tên thành một trong: {allowed}; trang tên "Ghi chú" được bỏ qua',
    en: 'Cannot tell which table the sheet "{value}" is: delete it, or name it one of: {allowed}; a sheet "Notes" is left out',
  },
  'stand-alone-exceeds': {
    vi: 'Máy tính độc lập ({value}) nhiều hơn tổng số máy tính ({other}): tổng phải gồm cả máy độc lập',
    en: 'The stand-alone computers ({value}) exceed all computers ({other}): all include the stand-alone ones',
  },
  'table-forbidden': {
    vi: 'Tài khoản của cơ quan không được nạp bảng "{value}": nhờ quản trị viên của tỉnh',
    en: 'The account of an agency may not import the table "{value}": ask an administrator of the register',
  },
  'text-odd': {
    vi: 'Ô có ký tự điều khiển không nhìn thấy: xóa ô rồi gõ lại',
    en: 'The cell holds a control character that cannot be seen: clear it and type it again',
  },
  'valid-from-after-day': {
    vi: 'Cơ quan chỉ bắt đầu từ {from}, sau ngày của số liệu {day}: sửa một trong hai ngày',
    en: 'The agency begins on {from} only, after the day {day} the numbers hold for: correct one of the two',
  },
} as const satisfies Readonly<Record<string, LocalText>>;

/** A code of {@link PROBLEM_TEXTS}. */
export type ProblemCode = keyof typeof PROBLEM_TEXTS;
