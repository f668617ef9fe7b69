/** An article written for this page. */
export const sample = `Chợ nổi Vàm Sông đổi phiên họp sang sáng sớm để tránh nắng

07:45 | 18/04/2025

(Báo Miền Sông) - Từ ngày 15/4, chợ nổi Vàm Sông họp từ 4 giờ đến 8 giờ sáng thay vì kéo dài đến trưa như trước, sau khi 240 chủ ghe biểu quyết ở cuộc họp đầu tháng.

Ghe dưa hấu cập bến lúc trời chưa sáng. Ảnh: Lê Thu Hà

Theo Ban quản lý chợ, nắng nóng đến sớm khiến rau quả trên ghe hỏng nhanh. Mùa khô năm ngoái, mỗi chủ ghe mất trung bình 1,2 triệu đồng một tháng vì hàng dập, héo. Đổi giờ họp giúp hàng đến tay người mua khi trời còn mát.

Ông Nguyễn Văn Tư, 61 tuổi, bán dưa hấu ở chợ đã 30 năm, cho biết ba ngày đầu ông bán hết ghe trước 7 giờ. “Khách quen tới sớm hơn, trả giá cũng nhanh hơn vì ai cũng muốn về trước khi nắng gắt,” ông Tư nói.

Không phải ai cũng vui. Các quán ăn trên bờ mất khách buổi trưa, doanh thu tuần qua giảm gần một phần ba. UBND huyện cho biết sẽ miễn phí bến bãi ba tháng cho 18 quán và mở thêm điểm đón khách du lịch vào buổi chiều.

Để ghe đi lại an toàn khi trời tối, huyện lắp 60 cột đèn năng lượng mặt trời dọc 2,5 km bờ kênh. Kinh phí 900 triệu đồng do tỉnh và các nhà vườn góp.

Sau sáu tháng, huyện sẽ lấy ý kiến lại của chủ ghe và người mua trước khi quyết định giữ giờ họp mới quanh năm hay chỉ trong mùa khô.

Minh Khang

Có thể bạn quan tâm

Giá dưa hấu nhích lên đầu mùa khô

Lịch cắt điện tuần này tại ba xã ven kênh
`;
